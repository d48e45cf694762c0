import type { OutcomeRow, RunProgress, RunStartRequest } from '../../../shared/run.ts';
import { waitAtMost } from '../../clock.ts';
import { failure } from '../../failure.ts';
import { isOwner } from '../owner.ts';
import type { Plan } from '../plan/kept-plans.ts';
import type { RevocationSession } from '../ports.ts';
import { outcomeRow } from '../report/rows.ts';
import { checkRequest } from './start-checks.ts';
import { launchAgain, launchNew, progressOf, type LaunchDeps, type Live, type RunPlace } from './launch.ts';
import type { AgreedResume } from './resumable.ts';
import type { Runner } from './runner.ts';
import { hasEnded } from './state.ts';

/** At the app's end: so long for the calls under way, ms; then they are cut. */
const GRACE_MS = 3_000;

/** And never longer than this for everything, ms: a disk that hangs must not keep the app open. */
const SHUTDOWN_MS = 5_000;

export interface ActiveRun {
  current(): Live | null;
  /**
   * That run, or without one any, is not going on. One that has been told to be over is waited for until its folder is
   * given up. @throws AppFailure `run-active`.
   */
  refuseWhileActive(runId?: string): Promise<void>;
  /** @throws AppFailure `run-active`, `nothing-selected`, `confirmation-needed`, `other-organization`, `invalid-input`, `file-not-writable`. */
  start(plan: Plan, request: RunStartRequest, session: RevocationSession): Promise<RunProgress>;
  /** @throws AppFailure `run-active`, `no-such-item`, `journal-damaged`, `other-organization`, `changed-meanwhile`, `file-not-writable`. */
  resume(runId: string, session: RevocationSession, agreed: AgreedResume): Promise<RunProgress>;
  /** @throws AppFailure `no-such-item`, as continue and cancel do, when that run is not going on. */
  pause(runId: string): RunProgress;
  /** Goes on under the session that owns the run. @throws AppFailure `other-organization`, `file-not-writable`. */
  continue(runId: string, session: RevocationSession): Promise<RunProgress>;
  /** Goes on under another connection to the same org: the run is stopped, and resumed from its journal. */
  handOver(runId: string, session: RevocationSession, agreed: AgreedResume): Promise<RunProgress>;
  cancel(runId: string): RunProgress;
  /** Null when that run is not the one going on, or the last that did. */
  progress(runId: string): RunProgress | null;
  /** Null when that run is not going on: its journal tells. */
  outcomes(runId: string, from?: number, count?: number): readonly OutcomeRow[] | null;
  signedIn(session: RevocationSession): Promise<void>;
  /** The computer goes to sleep, or is awake again. */
  sleep(): void;
  wake(): void;
  shutdown(): Promise<void>;
}

/** The one run that may be going on. */
export function createActiveRun(deps: LaunchDeps): ActiveRun {
  const place: RunPlace = { live: null, last: null };
  /** From the first check to the first call: nobody else may start meanwhile. */
  let starting = false;

  const alone = async (work: () => Promise<RunProgress>): Promise<RunProgress> => {
    if (place.live || starting) throw failure('run-active', 'Another run is going on.');
    starting = true;
    try {
      return await work();
    } finally {
      starting = false;
    }
  };

  const resume: ActiveRun['resume'] = (runId, session, agreed) =>
    alone(() => launchAgain(place, deps, runId, session, agreed));

  /** Somebody may press Pause while the last user goes: that is no error. */
  const command = (runId: string, give: (runner: Runner) => void): RunProgress => {
    const over = endedProgress(place, runId);
    if (over) return over;
    const found = find(place, runId);
    give(found.runner);
    return progressOf(found);
  };

  return {
    current: () => place.live,
    refuseWhileActive: async (runId) => {
      if (place.live && hasEnded(place.live.runner.state)) await place.live.released;
      if (!place.live) return;
      if (runId === undefined) throw failure('run-active', 'Another run is going on.');
      if (place.live.runId === runId) throw failure('run-active', 'This run is still going on.');
    },
    start: async (plan, request, session) => {
      checkRequest(plan, request, session);
      return alone(() => launchNew(place, deps, plan, request, session));
    },
    resume,
    handOver: async (runId, session, agreed) => {
      const { runner, released } = find(place, runId);
      await runner.stop(GRACE_MS);
      await released;
      return resume(runId, session, agreed);
    },
    pause: (runId) => command(runId, (runner) => runner.pause()),
    cancel: (runId) => command(runId, (runner) => runner.cancel()),
    continue: async (runId, session) => {
      const found = find(place, runId);
      if (!isOwner(session, found.owner))
        throw failure(
          'other-organization',
          'Another org, host or user is signed in than the one that began this run.',
        );
      await found.runner.continue(session);
      return progressOf(found);
    },
    progress: (runId) => (place.live?.runId === runId ? progressOf(place.live) : endedProgress(place, runId)),
    outcomes: (runId, from = 0, count = Infinity) => {
      if (place.live?.runId !== runId) return null;
      const { rows, settled, runner } = place.live;
      return rows
        .slice(from, from + count)
        .map((row) => outcomeRow(row, settled.get(row.index), runner.isBegun(row.index)));
    },
    signedIn: async (session) => {
      const { live } = place;
      if (!live || !isOwner(session, live.owner)) return;
      const { state } = live.runner;
      if (state.kind === 'paused' && state.reason === 'sign-in-needed') await live.runner.continue(session);
    },
    sleep: () => place.live?.runner.sleep(),
    wake: () => place.live?.runner.wake(),
    shutdown: () => shutDown(place, deps),
  };
}

function find({ live }: RunPlace, runId: string): Live {
  if (live?.runId !== runId) throw failure('no-such-item', 'This run is not going on.');
  return live;
}

/** How the last run ended, if it is that one. */
const endedProgress = ({ live, last }: RunPlace, runId: string): RunProgress | null =>
  live?.runId !== runId && last?.runId === runId && hasEnded(last.state) ? last : null;

async function shutDown({ live }: RunPlace, { clock }: LaunchDeps): Promise<void> {
  if (!live) return;
  const stopped = live.runner.stop(GRACE_MS).then(() => live.released);
  await waitAtMost(clock, SHUTDOWN_MS, stopped);
}
