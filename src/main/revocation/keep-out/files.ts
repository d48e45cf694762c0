import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeepOutSummary } from '../../../shared/keep-out.ts';
import type { RunState } from '../../../shared/run.ts';
import type { Clock } from '../../clock.ts';
import { failure } from '../../failure.ts';
import { isMissing } from '../../files/regular-file.ts';
import { PRIVATE_FOLDER } from '../../files/replace-file.ts';
import { aboutOf } from '../history/load.ts';
import { journalChunks } from '../journal/files.ts';
import { openJournalFile } from '../journal/journal-file.ts';
import { isLockedElsewhere, lockPath } from '../journal/lock.ts';
import { readChain, type JournalEnd, type JournalTail } from '../journal/reader.ts';
import { createChainWriter, type ChainWriter } from '../journal/writer.ts';
import { hasEnded } from '../run/state.ts';
import { shortId } from '../../short-id.ts';
import { KeepOutReplay, type ReplayedKeepOut, type Watched } from './replay.ts';
import { keepOutRecords, type KeepOutBody } from './records.ts';

/** What an id looks like; nothing else is ever made part of a path. */
const KEEP_OUT_ID = /^[0-9a-z]{10}$/;

/** Users who came back that one message to the window names; there are at most so many who are kept out. */
const isBack = ({ returns }: Watched): boolean => returns > 0;

const folderIn = (runFolder: string): string => join(runFolder, 'keep-out');

/** @throws AppFailure `no-such-item`. */
export function keepOutFolder(runFolder: string, keepOutId: string): string {
  if (!KEEP_OUT_ID.test(keepOutId)) throw failure('no-such-item', 'Nobody is kept out by that name.');
  return join(folderIn(runFolder), keepOutId);
}

/** Makes a new folder beside the journal of its run. Throws when the disk fails. */
export async function createKeepOutFolder(
  runFolder: string,
  random: () => number,
): Promise<{ readonly keepOutId: string; readonly folder: string }> {
  await mkdir(folderIn(runFolder), { recursive: true, mode: PRIVATE_FOLDER });
  const keepOutId = shortId(random);
  const folder = keepOutFolder(runFolder, keepOutId);
  await mkdir(folder, { mode: PRIVATE_FOLDER });
  return { keepOutId, folder };
}

/** Ids of all that a run has, in no order. */
export async function keepOutIds(runFolder: string): Promise<readonly string[]> {
  const names = await readdir(folderIn(runFolder)).catch(() => []);
  return names.filter((name) => KEEP_OUT_ID.test(name));
}

export interface RecordedKeepOut extends JournalEnd {
  readonly replayed: KeepOutReplay;
}

/** What is recorded, whatever state it is in. @throws AppFailure `no-such-item`, and what the disk throws. */
export async function readKeepOut(folder: string, keepOutId: string): Promise<RecordedKeepOut> {
  const replayed = new KeepOutReplay();
  const end = await readChain(journalChunks(folder), keepOutRecords.decode, (record) =>
    replayed.add(record),
  ).catch((error: unknown) => {
    throw isMissing(error) ? failure('no-such-item', 'Its journal is missing.', error) : error;
  });
  const other =
    replayed.header !== null && replayed.header.keepOutId !== keepOutId
      ? 'The journal is that of another one.'
      : replayed.header === null || replayed.users.length !== replayed.header.users
        ? 'The journal does not name all users: the app stopped before anybody was looked at.'
        : null;
  return { ...end, replayed, damage: end.damage ?? other };
}

/** Opens its journal for writing, from where it ends. Throws when the disk fails. @param onSyncFailed as `createChainWriter`. */
export const openKeepOutJournal = async (
  folder: string,
  tail: JournalTail,
  clock: Clock,
  onSyncFailed: () => void,
): Promise<ChainWriter<KeepOutBody>> =>
  createChainWriter<KeepOutBody>(
    await openJournalFile(folder, [lockPath(folder)]),
    tail,
    clock,
    onSyncFailed,
    keepOutRecords.encode,
  );

/** Who is not at it now was interrupted, whatever the journal says last. */
async function restingState(folder: string, { state }: ReplayedKeepOut): Promise<RunState> {
  return hasEnded(state) || (await isLockedElsewhere(folder)) ? state : { kind: 'interrupted' };
}

/** What the window shows of one. @param state as it is now. */
export function summariseKeepOut(
  { runId, keepOutId }: Pick<KeepOutSummary, 'runId' | 'keepOutId'>,
  replayed: ReplayedKeepOut,
  state: RunState,
  damage: string | null,
): KeepOutSummary {
  const { header } = replayed;
  return {
    runId,
    keepOutId,
    state,
    about: aboutOf(header, replayed.lastAt),
    endedWhy: hasEnded(state) ? replayed.why : null,
    until: header?.until ?? null,
    users: header?.users ?? 0,
    looks: replayed.looks,
    lastLookAt: replayed.lastLookAt,
    unknown: replayed.unknown,
    returns: replayed.returns,
    revoked: replayed.revoked,
    back: replayed.users
      .filter(isBack)
      .toSorted((a, b) => (b.seenAt ?? '').localeCompare(a.seenAt ?? ''))
      .map((user) => ({
        userId: user.userId,
        name: user.name,
        returns: user.returns,
        issuedAt: user.issuedAt ?? '',
        revokedAt: user.revokedAt,
        problem: user.outcome?.outcome === 'revoked' ? null : problemOf(user),
        byItself: user.byItself,
      })),
    damage,
  };
}

const problemOf = ({ outcome, due }: Watched): string | null =>
  outcome === null ? (due ? 'Not revoked again yet' : null) : (outcome.note ?? outcome.outcome);

/** As `summariseKeepOut`, of one that is not going on in this process. */
export async function restingSummary(
  runId: string,
  keepOutId: string,
  folder: string,
): Promise<KeepOutSummary> {
  const { replayed, damage } = await readKeepOut(folder, keepOutId);
  return summariseKeepOut({ runId, keepOutId }, replayed, await restingState(folder, replayed), damage);
}
