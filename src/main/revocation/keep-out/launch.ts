import { rm } from 'node:fs/promises';
import type { KeepOutKey, KeepOutSummary } from '../../../shared/keep-out.ts';
import { type Clock, nowIso } from '../../clock.ts';
import { failure } from '../../failure.ts';
import type { Runs } from '../history/runs.ts';
import { lockFolder } from '../journal/lock.ts';
import { JOURNAL_START, type JournalTail } from '../journal/reader.ts';
import type { RevocationSession } from '../ports.ts';
import type { KeepOutAgreed } from './agreeing.ts';
import {
  createKeepOutFolder,
  keepOutFolder,
  openKeepOutJournal,
  readKeepOut,
  summariseKeepOut,
} from './files.ts';
import { firstRecords } from './first-records.ts';
import { KeepOutReplay } from './replay.ts';
import { Keeper } from './keeper.ts';
import type { KeepOutBody } from './records.ts';

/** A keeping-out that goes on. */
export interface Live extends KeepOutKey {
  readonly keeper: Keeper;
  /** Resolves when it has ended and its folder is free. */
  readonly released: Promise<void>;
}

/** The place for the one that may go on. */
export interface KeepOutPlace {
  live: Live | null;
}

export interface LaunchDeps {
  readonly runs: Runs;
  readonly appVersion: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onChange: (summary: KeepOutSummary) => void;
}

/** What the window is told of one that goes on, as its own record says. */
export const summaryOf = ({ keeper, ...key }: Live): KeepOutSummary =>
  summariseKeepOut(key, keeper.replayed, keeper.state, null);

/** A folder of its own beside the run, and the first records; then the keeper. */
export async function launchNew(
  place: KeepOutPlace,
  deps: LaunchDeps,
  { request, users, session }: KeepOutAgreed,
): Promise<KeepOutSummary> {
  const { runs, clock, random, appVersion } = deps;
  const { runId, minutes } = request;
  const { header: run } = (await runs.load(runId)).replayed;
  const { keepOutId, folder } = await createKeepOutFolder(runs.folderOf(runId), random);
  let release = (): Promise<void> => Promise.resolve();
  try {
    release = await lockFolder(folder);
    const until = minutes === null ? null : nowIso(clock, minutes * 60_000);
    const first = firstRecords({ runId, keepOutId }, run, users, session, until, appVersion);
    const how = {
      replay: new KeepOutReplay(),
      tail: JOURNAL_START,
      session,
      until,
      first,
      event: 'started',
    } as const;
    return await launch(place, deps, { runId, keepOutId }, folder, how, release);
  } catch (error) {
    // No call was made, so nothing is lost with the folder.
    await release();
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** Goes on from what its journal says. @throws AppFailure `journal-damaged`, `changed-meanwhile` */
export async function launchAgain(
  place: KeepOutPlace,
  deps: LaunchDeps,
  { request, resumed, session, what }: KeepOutAgreed,
): Promise<KeepOutSummary> {
  const { runId } = request;
  const { keepOutId = '', prev = '' } = resumed ?? {};
  const folder = keepOutFolder(deps.runs.folderOf(runId), keepOutId);
  const release = await lockFolder(folder);
  try {
    const { replayed, tail, damage } = await readKeepOut(folder, keepOutId);
    if (damage !== null) throw failure('journal-damaged', damage);
    if (tail.prev !== prev)
      throw failure('changed-meanwhile', 'Its record has changed since it was asked for.');
    const first = [...what.keepBack].flatMap(([index, note]): readonly KeepOutBody[] => {
      const user = replayed.users[index];
      return user ? [keptBack(index, user.userId, note)] : [];
    });
    const until = replayed.header?.until ?? null;
    const how = { replay: replayed, tail, session, until, first, event: 'resumed' } as const;
    return await launch(place, deps, { runId, keepOutId }, folder, how, release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** Sets the keeper going; when it ends, however it ends, the folder is given up. */
async function launch(
  place: KeepOutPlace,
  { clock, random, onChange }: LaunchDeps,
  key: KeepOutKey,
  folder: string,
  how: {
    readonly replay: KeepOutReplay;
    readonly tail: JournalTail;
    readonly session: RevocationSession;
    readonly until: string | null;
    readonly first: readonly KeepOutBody[];
    readonly event: 'started' | 'resumed';
  },
  release: () => Promise<void>,
): Promise<KeepOutSummary> {
  const { replay, tail, session, until, first, event } = how;
  const journal = await openKeepOutJournal(folder, tail, clock, () => place.live?.keeper.journalFailed());
  const keeper: Keeper = new Keeper({
    ...{ replay, journal, session, until, clock, random },
    onChange: () => {
      if (place.live) onChange(summaryOf(place.live));
    },
  });
  const released = keeper.ended.then(release).then(() => {
    place.live = null;
  });
  const live: Live = { ...key, keeper, released };
  place.live = live;
  try {
    await keeper.start(event, first);
  } catch (error) {
    place.live = null;
    throw error;
  }
  return summaryOf(live);
}

/** Who is protected by now is no longer revoked. */
const keptBack = (index: number, userId: string, note: string): KeepOutBody => ({
  ...{ type: 'outcome', index, userId, outcome: 'kept-back', note, attempts: 0 },
  ...{ status: null, correlationId: null },
});
