import { setMaxListeners } from 'node:events';
import type { PlanRow } from '../../../shared/plan.ts';
import type { RunProgress, RunState } from '../../../shared/run.ts';
import type { Clock } from '../../clock.ts';
import { failure } from '../../failure.ts';
import type { Settlement } from '../journal/fold.ts';
import type { JournalWriter } from '../journal/writer.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';
import { createLedger } from './ledger.ts';
import { createLifecycle } from './lifecycle.ts';
import { cutShort, judge, type Settled, type Tries } from './judge.ts';
import { snapshot, tellRegularly } from './progress.ts';
import { createQueue, type Pending } from './queue.ts';
import { createTally } from './tally.ts';

/**
 * Workers that wait at the gate. As soon as one passes, another takes its place, so that there are always as many calls
 * under way as pace × latency asks for, and the gate is the limit, never the latency.
 */
const AT_GATE = 2;

/** Most workers together, those that wait to retry included. At 300 a minute enough for answers that take 25 s. */
const MAX_WORKERS = 128;

/** So many calls in a row without a network, and the run pauses instead of using up its users' attempts. */
const OFFLINE_IN_A_ROW = 3;

/**
 * So many calls in a row that end without a clear answer, whoever they are for, and it is the server that fails: the run
 * pauses instead of using up its users' attempts. At 300 a minute that is 4 s, before anybody's five attempts are over.
 */
const FAILING_IN_A_ROW = 20;

/** A run whose first users are all refused most likely lacks the permission: better asked than 3,000 refusals later. */
const FORBIDDEN_AT_START = 10;

/** A token that ends within this is not used for another call, ms: its answer could be a 401 that says nothing. */
const TOKEN_MARGIN_MS = 15_000;

/** A call that does not even end when it is aborted is given up after this, ms. */
const ABORT_MS = 500;

export interface RunnerOptions {
  readonly runId: string;
  readonly dryRun: boolean;
  readonly rows: readonly PlanRow[];
  /** Outcomes of the time before an interruption; the runner adds to it. */
  readonly settled: Map<number, Settlement>;
  /** Users that were begun before an interruption, by index. */
  readonly begun: ReadonlyMap<number, Tries>;
  readonly journal: JournalWriter;
  readonly session: RevocationSession;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly onProgress: (progress: RunProgress) => void;
}

export interface Runner {
  readonly state: RunState;
  /** Begins, or goes on after an interruption. Throws AppFailure `file-not-writable`, and then nobody was called for. */
  start(event: 'started' | 'resumed'): Promise<void>;
  /** No new calls; those under way end. */
  pause(): void;
  /** @param session signed in again, perhaps; the caller has checked that it is the same org and operator. */
  continue(session: RevocationSession): Promise<void>;
  /** As pause, and for good: who was not called for never will be. */
  cancel(): void;
  /** For the end of the app: no new calls, those under way get `graceMs`, and the run can be resumed. */
  stop(graceMs: number): Promise<void>;
  /** The disk failed behind records that were written. */
  journalFailed(): void;
  progress(): RunProgress;
  /** Whether a call was begun for that row whose outcome is not known yet. */
  isBegun(index: number): boolean;
  /** Resolves when the run has ended or was stopped, and its journal is closed. */
  readonly ended: Promise<void>;
}

/** Revokes users one by one, through the gate, each with its intent and its outcome in the journal. */
export function createRunner(options: RunnerOptions): Runner {
  const { runId, dryRun, rows, settled, journal, clock, random, onProgress } = options;
  const tally = createTally(clock);
  const ledger = createLedger({
    rows,
    settled,
    begun: options.begun,
    journal,
    tally,
    clock,
    onSettled: () => noteChange(),
  });
  const queue = createQueue(
    ledger.users.filter(({ index }) => !settled.has(index)),
    options.begun,
    options.session.operator.userId,
  );

  let session = options.session;
  const hardStop = new AbortController();
  setMaxListeners(0, hardStop.signal); // as many as there are workers
  const over = new AbortController();
  let workers = 0;
  let atGate = 0;
  let inFlight = 0;
  let offlineInARow = 0;
  let unclearInARow = 0;
  /** Refusals while nobody could be revoked yet; null when the question is answered. */
  let forbiddenAtStart: number | null = settled.size === 0 ? 0 : null;
  let tooManyRequests = 0;
  let retries = 0;
  let ending = false;
  let onIdle = (): void => undefined;
  let onEnded = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    onEnded = resolve;
  });

  const now = (): string => new Date(clock.now()).toISOString();
  const isRunning = (): boolean => life.state.kind === 'running';
  const progress = (): RunProgress =>
    snapshot(
      { runId, state: life.state, dryRun, users: ledger.users.length, inFlight, tooManyRequests, retries },
      tally,
      session.pacer,
    );
  const tell = (): void => onProgress(progress());
  const noteChange = tellRegularly(clock, over.signal, isRunning, tell);

  const life = createLifecycle({
    journal,
    clock,
    onChange: () => {
      if (isRunning()) tally.running();
      tell();
      noteChange();
    },
    writeUnwritten: () => ledger.writeUnwritten(),
    onGoOn: () => {
      offlineInARow = 0;
      unclearInARow = 0;
      fill();
      whenIdle();
    },
  });

  /** One user at a time finds out whether there is a network, or a server, again. */
  async function probe(
    take: (alone: boolean) => Pending | undefined,
    isStillBad: (answer: RevokeAnswer) => boolean,
  ): Promise<void> {
    const { signal } = life;
    for (let n = 0; await life.waitedForProbe(n, signal); n += 1) {
      const user = take(workers === 0);
      if (!user && queue.left > 0) continue; // the operator, who waits for the others
      if (!user) return;
      workers += 1;
      const tried = await attempt(user, signal);
      if (tried && isStillBad(tried.answer)) {
        await stillBad(tried.user, tried.answer);
      } else if (tried) {
        await life.goOn('Genesys Cloud answers again').catch(() => undefined);
        const again = await conclude(tried.user, tried.answer, life.signal);
        if (again) queue.putBack(again);
        fill();
      }
      workers -= 1;
      whenIdle();
    }
  }
  const waitForNetwork = (): Promise<void> => probe(queue.take, isOffline);
  const waitForServer = (): Promise<void> => probe(queue.takeForProbe, ({ kind }) => kind === 'unclear');

  /** Without a network nothing was tried. A failing server was, so each probe counts, and nobody is tried for ever. */
  const stillBad = async (user: Pending, answer: RevokeAnswer): Promise<void> => {
    if (isOffline(answer)) {
      shelve(user, answer);
      return;
    }
    const { verdict, tries } = judge(answer, user.tries, random);
    if (verdict.kind === 'settled') await settle({ ...user, tries }, verdict.settled);
    else queue.putBack({ ...user, tries });
  };

  // --- one user

  const endsSoon = ({ tokenExpiresAt }: RevocationSession): boolean => {
    const at = tokenExpiresAt?.() ?? null;
    return at !== null && at - clock.now() < TOKEN_MARGIN_MS;
  };

  const isOperator = ({ userId }: Pending): boolean =>
    userId.toLowerCase() === options.session.operator.userId?.toLowerCase();
  const isOffline = (answer: RevokeAnswer): boolean => answer.kind === 'unclear' && answer.offline;

  /** Back in the queue, with what is known; it is the network's fault, not this user's, so it uses up no retry. */
  const shelve = (user: Pending, answer: RevokeAnswer): void => {
    const { tries } = judge(answer, user.tries, random);
    queue.putBack({ ...user, tries: { ...tries, unclear: user.tries.unclear } });
  };

  const settle = async (user: Pending, what: Settled): Promise<void> => {
    if (!(await ledger.settle(user, what))) life.journalFailed();
  };

  const call = async (user: Pending): Promise<RevokeAnswer | null> => {
    inFlight += 1;
    noteChange();
    try {
      return await session.revokeUserTokens(user.userId, hardStop.signal);
    } catch (error) {
      if (hardStop.signal.aborted) return null;
      const message = error instanceof Error ? error.message : 'Unknown error';
      return { kind: 'unclear', status: null, correlationId: null, message, offline: false };
    } finally {
      inFlight -= 1;
    }
  };

  /** Gate, intent, call. @returns null when it came to no answer; the user is then back in the queue. */
  async function attempt(
    user: Pending,
    signal: AbortSignal,
  ): Promise<{ readonly user: Pending; readonly answer: RevokeAnswer } | null> {
    let current = user;
    const giveBack = (): null => {
      queue.putBack(current);
      return null;
    };
    atGate += 1;
    try {
      await session.pacer.acquire(signal);
    } catch {
      return giveBack();
    } finally {
      atGate -= 1;
    }
    if (endsSoon(session)) {
      life.pause('sign-in-needed', 'The access token is about to expire');
      return giveBack();
    }
    fill();
    try {
      current = await ledger.begin(user);
    } catch {
      life.journalFailed();
      return giveBack();
    }
    if (signal.aborted) return giveBack();
    const signedInAs = session;
    const answer = await call(current);
    if (answer === null) {
      const last = { message: 'The app was closed', status: null, correlationId: null };
      current = { ...current, tries: { ...current.tries, last } };
      return giveBack();
    }
    // The token that was refused is no longer the one in use.
    if (answer.kind === 'signed-out' && signedInAs !== session) return giveBack();
    return { user: current, answer };
  }

  /** Acts on an answer. @returns the user when another attempt is due at once. */
  async function conclude(user: Pending, answer: RevokeAnswer, signal: AbortSignal): Promise<Pending | null> {
    if (answer.kind === 'rate-limited') tooManyRequests += 1;
    offlineInARow = isOffline(answer) ? offlineInARow + 1 : 0;
    unclearInARow = answer.kind === 'unclear' ? unclearInARow + 1 : 0;
    const { verdict, tries } = judge(answer, user.tries, random);
    if (offlineInARow >= OFFLINE_IN_A_ROW || (isOffline(answer) && life.state.kind === 'paused')) {
      shelve(user, answer);
      life.pause('offline', 'No network', null, waitForNetwork);
      return null;
    }
    if (unclearInARow >= FAILING_IN_A_ROW) {
      shelve(user, answer);
      life.pause('server-failing', `${unclearInARow} calls in a row failed`, null, waitForServer);
      return null;
    }
    const next = { ...user, tries };
    switch (verdict.kind) {
      case 'settled':
        await settle(next, verdict.settled);
        noteRefusal(verdict.settled.outcome);
        return null;
      case 'retry':
        retries += 1;
        if (await life.waited(verdict.afterMs, signal)) return next;
        queue.putBack(next);
        return null;
      case 'wait-at-gate':
        session.pacer.closeFor(verdict.ms);
        return next;
      case 'rate-limited': {
        session.pacer.closeFor(verdict.ms);
        queue.putBack(next);
        const until = new Date(clock.now() + verdict.ms).toISOString();
        life.pause('rate-limited', 'Genesys Cloud asked to wait', until, async () => {
          if (await life.waited(verdict.ms, life.signal))
            await life.goOn('The rate limit allows calls again');
        });
        return null;
      }
      case 'signed-out':
        // The last call ended the very token it was made with; its answer was lost, and the next one tells.
        if (isOperator(user) && user.tries.unclear > 0) {
          const note = 'The answer was lost; since then the token of this run is refused.';
          const { status, correlationId } = answer;
          await settle(next, { outcome: 'revoked', note, status, correlationId });
          return null;
        }
        queue.putBack(next);
        life.pause('sign-in-needed', 'The access token is no longer valid');
        return null;
    }
  }

  const noteRefusal = (outcome: Settled['outcome']): void => {
    if (forbiddenAtStart === null) return;
    forbiddenAtStart = outcome === 'forbidden' ? forbiddenAtStart + 1 : null;
    if (forbiddenAtStart === null || forbiddenAtStart < FORBIDDEN_AT_START || queue.left === 0) return;
    forbiddenAtStart = null; // asked once
    life.pause('nothing-allowed', `The first ${FORBIDDEN_AT_START} users were all refused`);
  };

  /** Bounded by the attempts that `judge` allows. */
  const handle = async (user: Pending): Promise<void> => {
    const { signal } = life;
    for (let current: Pending | null = user; current;) {
      const tried = await attempt(current, signal);
      current = tried && (await conclude(tried.user, tried.answer, signal));
    }
  };

  /** A dry run does all but the call, so it needs no gate, and no intent: there is nothing to be unsure of. */
  const handleDry = (user: Pending): Promise<void> =>
    settle(user, { outcome: 'would-revoke', note: null, status: null, correlationId: null });

  const work = async (): Promise<void> => {
    workers += 1;
    while (isRunning() && atGate < AT_GATE) {
      const user = queue.take(workers === 1);
      if (!user) break;
      await (dryRun ? handleDry(user) : handle(user));
    }
    workers -= 1;
    fill(); // the operator waits until nobody else is on the way
    whenIdle();
  };

  function fill(): void {
    while (isRunning() && queue.ready(workers === 0) && atGate < AT_GATE && workers < MAX_WORKERS)
      void work();
  }

  // --- the end

  const end = async (): Promise<void> => {
    over.abort();
    await journal.close().catch(() => undefined); // every record it took is written; only the last sync may be missing
    onEnded();
    tell();
  };

  const finish = async (): Promise<void> => {
    if (await life.finish()) await end();
    else ending = false;
  };

  const closeCancelled = async (): Promise<void> => {
    const rest = queue.drain();
    for (const user of rest.begun) await settle(user, cutShort(user.tries));
    tally.addMany('not-attempted', rest.untouched);
    tally.addMany('failed', ledger.unwritten); // as their rows say: no answer was recorded
    await end();
  };

  function whenIdle(): void {
    if (workers > 0) return;
    onIdle();
    if (ending) return;
    const { kind } = life.state;
    if (kind === 'cancelled') {
      ending = true;
      void closeCancelled();
    } else if ((kind === 'running' || kind === 'paused') && queue.left === 0 && ledger.unwritten === 0) {
      ending = true;
      void finish();
    }
  }

  const idleWithin = async (ms: number): Promise<void> => {
    if (workers === 0) return;
    const enough = new AbortController();
    const idle = new Promise<void>((resolve) => {
      onIdle = resolve;
    });
    await Promise.race([idle, clock.sleep(ms, enough.signal)]);
    enough.abort();
  };

  return {
    get state() {
      return life.state;
    },
    ended,
    progress,
    journalFailed: () => life.journalFailed(),
    isBegun: (index) => ledger.isBegun(index),
    start: async (event) => {
      try {
        await life.begin(event);
      } catch (error) {
        over.abort();
        throw error;
      }
      fill();
      whenIdle();
    },
    pause: () => life.pause('by-you', 'Paused by the operator'),
    continue: async (next) => {
      session = next;
      await life.goOn('Continued by the operator').catch((error: unknown) => {
        throw failure('file-not-writable', 'The journal of the run cannot be written.', error);
      });
    },
    cancel: () => {
      if (!ending && life.enter({ kind: 'cancelled', at: now() }, 'Cancelled by the operator')) whenIdle();
    },
    stop: async (graceMs) => {
      life.enter({ kind: 'interrupted' }, 'The app was closed');
      await idleWithin(graceMs);
      hardStop.abort();
      await idleWithin(ABORT_MS);
      if (!ending) {
        ending = true;
        await end();
      }
      await ended;
    },
  };
}
