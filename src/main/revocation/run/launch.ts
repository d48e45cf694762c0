import { rm } from 'node:fs/promises';
import type { RunAbout, RunProgress, RunStartRequest } from '../../../shared/run.ts';
import { type Clock, nowIso } from '../../clock.ts';
import { AppFailure, failure } from '../../failure.ts';
import { aboutOf } from '../history/load.ts';
import type { Runs } from '../history/runs.ts';
import { writePlan } from '../journal/files.ts';
import type { Settlement } from '../journal/replay.ts';
import { openJournalFile } from '../journal/journal-file.ts';
import { lockFolder } from '../journal/lock.ts';
import { JOURNAL_START, type JournalTail } from '../journal/reader.ts';
import { createJournalWriter, type JournalWriter } from '../journal/writer.ts';
import { mayTakeOver, ownerOf, ownerOfHeader, type RunOwner } from '../owner.ts';
import type { Plan } from '../plan/kept-plans.ts';
import type { RevocationSession } from '../ports.ts';
import { headerOf } from './start-checks.ts';
import { NO_TRIES, type Tries } from './classify-answer.ts';
import { readUnfinished, type AgreedResume } from './resumable.ts';
import { createRunner, type Runner, type RunnerOptions } from './runner.ts';

/** A run that goes on. */
export interface Live {
  readonly runId: string;
  readonly about: RunAbout;
  readonly runner: Runner;
  readonly rows: Plan['rows'];
  readonly settled: ReadonlyMap<number, Settlement>;
  readonly owner: RunOwner;
  readonly planHash: string;
  /** Resolves when the run has ended and its folder is free. */
  readonly released: Promise<void>;
}

/** The place for the one run that may go on, and what is left of the last that did. */
export interface RunPlace {
  live: Live | null;
  last: RunProgress | null;
}

export interface LaunchDeps {
  readonly runs: Runs;
  readonly appVersion: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onProgress: (progress: RunProgress) => void;
}

/** What is known of a user whose call the end of the app cut short. */
const CUT_OFF: Tries = {
  ...NO_TRIES,
  last: { message: 'The app stopped before the answer came', status: null, correlationId: null },
};

/** Users whose calls were begun before an interruption, by index, and what is known of each. */
export const begunBefore = (open: ReadonlyMap<number, string>): ReadonlyMap<number, Tries> =>
  new Map([...open.keys()].map((index) => [index, CUT_OFF]));

/** What the window is told of a run that goes on. */
export const progressOf = ({ runner, about }: Live): RunProgress => ({ ...runner.progress(), about });

/** A folder of its own, the plan in it, the first record; then the runner. @throws as `ActiveRun.start` */
export async function launchNew(
  place: RunPlace,
  deps: LaunchDeps,
  plan: Plan,
  request: RunStartRequest,
  session: RevocationSession,
): Promise<RunProgress> {
  const { runs, clock, appVersion } = deps;
  const { runId, folder } = await runs.create(clock.now()).catch(notWritable);
  let release = (): Promise<void> => Promise.resolve();
  try {
    release = await lockFolder(folder);
    await writePlan(folder, plan.rows);
    const journal = await openJournal(place, clock, folder, JOURNAL_START);
    // Not awaited: the runner's own first record stands behind it, and is.
    const header = headerOf(plan, request, session, runId, appVersion);
    journal.append(header).catch(() => undefined);
    const about = aboutOf(header, nowIso(clock));
    const what = { runId, about, rows: plan.rows, owner: ownerOf(session), planHash: plan.summary.hash };
    const { dryRun } = request;
    const how = { dryRun, settled: new Map(), begun: new Map(), keepBack: new Map(), journal, session };
    return await launch(place, deps, what, how, 'started', release);
  } catch (error) {
    // No call was made, so nothing is lost with the folder.
    await release();
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    return notWritable(error);
  }
}

/** Goes on from what the journal says. @throws as `ActiveRun.resume` */
export async function launchAgain(
  place: RunPlace,
  deps: LaunchDeps,
  runId: string,
  session: RevocationSession,
  agreed: AgreedResume,
): Promise<RunProgress> {
  const folder = deps.runs.folderOf(runId);
  await deps.runs.summary(runId);
  const release = await lockFolder(folder);
  try {
    const { header, run } = await readAgreed(folder, runId, session, agreed);
    const { settled, open } = run.replayed;
    const journal = await openJournal(place, deps.clock, folder, run.tail).catch(notWritable);
    const { dryRun, planHash } = header;
    const about = aboutOf(header, header.at);
    const what = { runId, about, rows: run.rows, owner: ownerOf(session), planHash };
    const begun = begunBefore(open);
    const how = { dryRun, settled: new Map(settled), begun, keepBack: agreed.keepBack, journal, session };
    return await launch(place, deps, what, how, 'resumed', release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** Reads the run that was agreed to. @throws where it is damaged, has ended, is somebody else's or has changed. */
async function readAgreed(folder: string, runId: string, session: RevocationSession, agreed: AgreedResume) {
  const { header, run } = await readUnfinished(folder, runId);
  if (!mayTakeOver(session, ownerOfHeader(header)))
    throw failure('other-organization', 'This run belongs to another org, host or user.');
  if (header.planHash !== agreed.planHash || (agreed.journal !== null && run.tail.prev !== agreed.journal))
    throw failure('changed-meanwhile', 'The record of this run has changed since it was asked for.');
  return { header, run };
}

async function openJournal(
  place: RunPlace,
  clock: Clock,
  folder: string,
  tail: JournalTail,
): Promise<JournalWriter> {
  const file = await openJournalFile(folder);
  return createJournalWriter(file, tail, clock, () => place.live?.runner.journalFailed());
}

/** Sets the runner going; when it ends, however it ends, the folder is given up. */
async function launch(
  place: RunPlace,
  { clock, random, onProgress }: LaunchDeps,
  what: Pick<Live, 'runId' | 'about' | 'rows' | 'owner' | 'planHash'>,
  how: Pick<RunnerOptions, 'dryRun' | 'settled' | 'begun' | 'keepBack' | 'journal' | 'session'>,
  event: 'started' | 'resumed',
  release: () => Promise<void>,
): Promise<RunProgress> {
  const { runId, about, rows } = what;
  const runner = createRunner({
    ...{ runId, rows, ...how, clock, random },
    onProgress: (progress) => {
      place.last = { ...progress, about };
      onProgress(place.last);
    },
  });
  const released = runner.ended.then(release).then(() => {
    place.live = null;
  });
  const live: Live = { ...what, settled: how.settled, runner, released };
  place.live = live;
  try {
    await runner.start(event);
  } catch (error) {
    place.live = null;
    throw error;
  }
  return progressOf(live);
}

/** Throws what went wrong; what is not said yet is the folder. */
function notWritable(error: unknown): never {
  if (error instanceof AppFailure) throw error;
  throw failure('file-not-writable', 'The folder of the run cannot be written.', error);
}
