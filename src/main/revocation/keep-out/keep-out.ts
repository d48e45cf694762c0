import type { KeepOutKey, KeepOutSummary } from '../../../shared/keep-out.ts';
import type { ProtectedEntry } from '../../../shared/plan.ts';
import { AppFailure, failure } from '../../failure.ts';
import type { Runs } from '../history/runs.ts';
import { isOwner, ownerOfHeader } from '../owner.ts';
import type { RevocationSession } from '../ports.ts';
import { hasEnded } from '../run/state.ts';
import { createAgreeing, type Agreeing, type KeepOutAgreed } from './agreeing.ts';
import { closeInterrupted } from './closing.ts';
import { keepOutFolder, keepOutIds, restingSummary } from './files.ts';
import {
  launchAgain,
  launchNew,
  summaryOf,
  type KeepOutPlace,
  type LaunchDeps,
  type Live,
} from './launch.ts';

/** At the app's end: so long for the call under way, ms. */
const GRACE_MS = 2_000;

export interface KeepOut extends Agreeing {
  start(agreed: KeepOutAgreed): Promise<KeepOutSummary>;
  resume(agreed: KeepOutAgreed): Promise<KeepOutSummary>;
  /** For good; one that was interrupted too. */
  stop(key: KeepOutKey): Promise<KeepOutSummary>;
  pause(key: KeepOutKey): KeepOutSummary;
  /** Under the sign-in that began it. @throws AppFailure `other-organization`, `file-not-writable`. */
  continue(key: KeepOutKey): Promise<KeepOutSummary>;
  /** Of that run, newest first; with null those of all runs that go on or can go on. */
  list(runId: string | null): Promise<readonly KeepOutSummary[]>;
  /** Those of all runs, newest first. */
  all(): Promise<readonly KeepOutSummary[]>;
  /** The run whose users are kept out now. */
  activeRunId(): string | null;
  signedIn(session: RevocationSession): Promise<void>;
  sleep(): void;
  wake(): void;
  shutdown(): Promise<void>;
}

interface KeepOutDeps extends LaunchDeps {
  readonly session: () => RevocationSession | null;
  /** @throws AppFailure `signed-out` */
  readonly signedIn: () => RevocationSession;
  readonly protectedEntries: (connectionId: string) => Promise<readonly ProtectedEntry[]>;
}

/** The one keeping-out that may go on. */
export function createKeepOut(deps: KeepOutDeps): KeepOut {
  const { runs, clock, signedIn } = deps;
  const place: KeepOutPlace = { live: null };
  let starting = false;
  const isBusy = (): boolean => place.live !== null || starting;
  const agreeing = createAgreeing({ ...deps, isBusy });

  const all = async (): Promise<readonly KeepOutSummary[]> =>
    listOf(
      place,
      runs,
      (await runs.list()).map(({ runId }) => runId),
    );

  const alone = async (work: () => Promise<KeepOutSummary>): Promise<KeepOutSummary> => {
    if (isBusy()) throw failure('run-active', 'Users are being kept out already. Stop that first.');
    starting = true;
    try {
      return await work();
    } catch (error) {
      throw error instanceof AppFailure
        ? error
        : failure('file-not-writable', 'The folder of the run cannot be written.', error);
    } finally {
      starting = false;
    }
  };

  return {
    ...agreeing,
    start: (agreed) => alone(() => launchNew(place, deps, agreed)),
    resume: (agreed) => alone(() => launchAgain(place, deps, agreed)),
    stop: async (key) => {
      const why = `Stopped by ${deps.session()?.operator.name ?? 'the operator'}`;
      if (place.live?.keepOutId !== key.keepOutId)
        return closeInterrupted(key, keepOutFolder(runs.folderOf(key.runId), key.keepOutId), clock, why);
      const stopped = place.live;
      stopped.keeper.stop(why);
      await stopped.released;
      return summaryOf(stopped);
    },
    pause: (key) => {
      const found = find(place, key);
      found.keeper.pause();
      return summaryOf(found);
    },
    continue: async (key) => {
      const found = find(place, key);
      const session = signedIn();
      const { header } = found.keeper.replayed;
      if (!header || !isOwner(session, ownerOfHeader(header)))
        throw failure(
          'other-organization',
          'Another org, host or user is signed in than the one that began it.',
        );
      await found.keeper.continue(session).catch((error: unknown) => {
        throw failure('file-not-writable', 'The journal cannot be written.', error);
      });
      return summaryOf(found);
    },
    list: async (runId) =>
      runId === null ? (await all()).filter(({ state }) => !hasEnded(state)) : listOf(place, runs, [runId]),
    all,
    activeRunId: () => place.live?.runId ?? null,
    signedIn: async (session) => place.live?.keeper.signedIn(session),
    sleep: () => place.live?.keeper.sleep(),
    wake: () => place.live?.keeper.wake(),
    shutdown: async () => {
      if (!place.live) return;
      const { keeper, released } = place.live;
      await keeper.interrupt(GRACE_MS);
      await released;
    },
  };
}

function find({ live }: KeepOutPlace, { keepOutId }: KeepOutKey): Live {
  if (live?.keepOutId !== keepOutId) throw failure('no-such-item', 'Nobody is kept out by that name now.');
  return live;
}

/** The keeping-outs of those runs, newest first. */
async function listOf(
  { live }: KeepOutPlace,
  runs: Runs,
  runIds: readonly string[],
): Promise<readonly KeepOutSummary[]> {
  const found: KeepOutSummary[] = [];
  for (const runId of runIds)
    for (const keepOutId of await keepOutIds(runs.folderOf(runId))) {
      const folder = keepOutFolder(runs.folderOf(runId), keepOutId);
      const keepOut =
        live?.keepOutId === keepOutId
          ? summaryOf(live)
          : await restingSummary(runId, keepOutId, folder).catch(() => null);
      if (keepOut) found.push(keepOut);
    }
  return found.sort((a, b) => b.about.createdAt.localeCompare(a.about.createdAt));
}
