import { AppFailure } from '../failure.ts';
import { signedIn, type RevocationDeps } from './deps.ts';
import { createRuns } from './history/runs.ts';
import { createKeepOut, type KeepOut } from './keep-out/keep-out.ts';
import { createPlanning, type Planning } from './planning.ts';
import { createReporting, type Reporting } from './reporting.ts';
import { createActiveRun } from './run/active-run.ts';
import { createRunning, type Running } from './running.ts';

/** What the calls `list.*`, `plan.*`, `runs.*` and `keepOut.*` need. Expected failures are thrown as AppFailure. */
export interface Revocation extends Planning, Running, Reporting {
  /** Revokes again whoever comes back, for as long as the person has agreed to. */
  readonly keepOut: KeepOut;
  activeRunId(): string | null;
  /** Whether anything would be cut off by the end of the app. */
  isBusy(): boolean;
  /** Whether another Tokendesk writes a record of that run now. */
  isInUseElsewhere(runId: string): Promise<boolean>;
  /** Runs that can be resumed. */
  interruptedRunIds(): Promise<readonly string[]>;
  /** Somebody signed in: a run that waits for it goes on, if it is the same operator in the same org. */
  sessionChanged(): Promise<void>;
  /** The computer goes to sleep: the run that is going on calls for nobody until it is awake. */
  computerSleeps(): void;
  computerWakes(): void;
  /** For the end of the app. The run that is going on can be resumed afterwards. */
  shutdown(): Promise<void>;
}

/** Puts the room together; nothing in it knows Electron or HTTP. */
export function createRevocation(deps: RevocationDeps): Revocation {
  const { clock, random } = deps;
  const runs = createRuns(deps.runsDir, random);
  const active = createActiveRun({ ...deps, runs });
  const keepOut = createKeepOut({
    ...deps,
    runs,
    clock: deps.keepOutClock ?? clock,
    signedIn: () => signedIn(deps),
    onChange: deps.onKeepOut,
  });
  const { calls: planning, runnable } = createPlanning(deps);
  const reporting = createReporting(deps, runnable, runs, active, keepOut);

  return {
    ...planning,
    ...createRunning(deps, runnable, runs, active),
    ...reporting,

    keepOut,
    isBusy: () => active.current() !== null || keepOut.activeRunId() !== null,
    activeRunId: () => active.current()?.runId ?? null,
    isInUseElsewhere: (runId) => runs.isInUseElsewhere(runId),
    interruptedRunIds: async () =>
      (await reporting.listRuns('open'))
        .filter(({ state, damage }) => state.kind === 'interrupted' && damage === null)
        .map(({ runId }) => runId),
    sessionChanged: async () => {
      const session = deps.session();
      // A journal that cannot be written is said by the run itself, which then waits for that.
      if (!session) return;
      const goingOn = await Promise.allSettled([active.signedIn(session), keepOut.signedIn(session)]);
      for (const one of goingOn)
        if (one.status === 'rejected' && !(one.reason instanceof AppFailure)) throw one.reason;
    },
    computerSleeps: () => {
      active.sleep();
      keepOut.sleep();
    },
    computerWakes: () => {
      active.wake();
      keepOut.wake();
    },
    shutdown: async () => {
      await Promise.all([active.shutdown(), keepOut.shutdown()]);
    },
  };
}
