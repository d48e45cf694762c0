import type { AppSnapshot, Theme } from '../../../shared/app.ts';
import type { PermissionState } from '../../../shared/connection.ts';
import type { Bridge, CallInput, CallName, CallOutput, EventName, Events } from '../../../shared/ipc.ts';
import type { PlanRow } from '../../../shared/plan.ts';
import { failed, ok, type ErrorCode, type Result } from '../../../shared/result.ts';
import {
  NO_COUNTS,
  type OutcomeRow,
  type RunProgress,
  type RunState,
  type RunSummary,
} from '../../../shared/run.ts';
import { makeList, makeOutcome, makePlan, makeRow, outcomeOf, sampleRuns } from './revoke-data.ts';
import { snapshotOf, type Scenario } from './scenarios.ts';

export interface Options {
  readonly scenario: Scenario;
  readonly theme: Theme;
  readonly rows: number;
  /** Users a second of the pretended run. */
  readonly speed: number;
  readonly permission: PermissionState;
  /** A call that fails, with this code. */
  readonly failing: { readonly name: string; readonly code: ErrorCode } | null;
  readonly runs: 'none' | 'some';
  /** Pauses the run by itself after a tenth of its users. */
  readonly pauseReason: Extract<RunState, { kind: 'paused' }>['reason'] | null;
}

type Answers = { readonly [K in CallName]?: (input: CallInput<K>) => Promise<Result<CallOutput<K>>> };

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const answer = <T>(data: T): Promise<Result<T>> => Promise.resolve(ok(data));
const TICK_MS = 200;

function signedInAs({ scenario, permission, runs, theme }: Options): AppSnapshot {
  const snapshot = snapshotOf(scenario);
  const { session } = snapshot;
  const base = {
    ...snapshot,
    settings: { ...snapshot.settings, theme },
    activeRunId: null,
    interruptedRunIds: runs === 'some' ? ['run-interrupted'] : [],
  };
  if (session.kind !== 'signed-in') return base;
  const permissions = { ...session.token.permissions, 'oauth:token:delete': permission };
  return { ...base, session: { ...session, token: { ...session.token, permissions } } };
}

/** A bridge without a main process that plays the whole of Revoke and Runs, with as many rows as asked for. */
export function installRevokeBridge(options: Options): void {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const send = <K extends EventName>(name: K, payload: Events[K]): void => {
    for (const listener of listeners.get(name) ?? []) (listener as (payload: Events[K]) => void)(payload);
  };

  let rows: readonly PlanRow[] = [];
  let outcomes: OutcomeRow[] = [];
  let runs: readonly RunSummary[] = options.runs === 'some' ? sampleRuns : [];
  let progress: RunProgress | null = null;
  let cancelled = false;

  const planRows = (): readonly PlanRow[] => {
    if (rows.length === 0) rows = Array.from({ length: options.rows }, (_, index) => makeRow(index));
    return rows;
  };

  function report(change: Partial<RunProgress>): RunProgress | null {
    if (!progress) return null;
    progress = { ...progress, ...change };
    const { runId, state, counts } = progress;
    runs = runs.map((run) => (run.runId === runId ? { ...run, state, counts } : run));
    send('run.progress', progress);
    return progress;
  }

  async function play(todo: readonly PlanRow[], dryRun: boolean): Promise<void> {
    let next = 0;
    let pauseAt = options.pauseReason ? Math.floor(todo.length / 10) : Infinity;
    while (progress && next < todo.length && progress.state.kind !== 'cancelled') {
      await wait(TICK_MS);
      if (progress.state.kind === 'paused') continue;
      const counts = { ...progress.counts };
      const failures = [...progress.recentFailures];
      const upTo = Math.min(todo.length, next + Math.max(1, Math.round((options.speed * TICK_MS) / 1000)));
      for (const row of todo.slice(next, upTo)) {
        const outcome = outcomeOf(row.index, dryRun);
        counts[outcome] += 1;
        outcomes[row.index] = makeOutcome(row, outcome);
        if (outcome === 'failed' || outcome === 'forbidden') failures.unshift(makeOutcome(row, outcome));
      }
      next = upTo;
      const paused = next >= pauseAt && options.pauseReason;
      if (paused) pauseAt = Infinity;
      const now = new Date();
      report({
        state: paused
          ? {
              kind: 'paused',
              reason: paused,
              since: now.toISOString(),
              until: paused === 'rate-limited' ? new Date(now.getTime() + 41_000).toISOString() : null,
            }
          : { kind: 'running' },
        counts,
        inFlight: 2,
        ratePerMinute: 287,
        secondsLeft: (todo.length - next) / Math.min(4.85, options.speed),
        throughput: Array.from(
          { length: Math.min(120, Math.ceil(next / 4.85)) },
          (_, i) => [5, 5, 4, 5, 5, 4, 5][i % 7] ?? 5,
        ),
        recentFailures: failures.slice(0, 50),
      });
    }
    const at = new Date().toISOString();
    report({
      state: cancelled ? { kind: 'cancelled', at } : { kind: 'finished', at },
      inFlight: 0,
      secondsLeft: null,
    });
  }

  function begin(dryRun: boolean, reason: string, ticket: string): RunProgress {
    const todo = planRows().filter((row) => row.decision.kind === 'revoke');
    outcomes = planRows().map((row) =>
      makeOutcome(row, row.decision.kind === 'revoke' ? 'not-attempted' : 'kept-back'),
    );
    cancelled = false;
    const runId = `run-${runs.length + 1}`;
    progress = {
      runId,
      state: { kind: 'running' },
      dryRun,
      users: todo.length,
      counts: { ...NO_COUNTS, 'kept-back': planRows().length - todo.length },
      inFlight: 0,
      ratePerMinute: 0,
      pacePerMinute: 291,
      limitPerMinute: 300,
      secondsLeft: null,
      tooManyRequests: 0,
      retries: 3,
      throughput: [],
      recentFailures: [],
    };
    const [sample] = sampleRuns;
    if (sample)
      runs = [
        ...runs,
        {
          ...sample,
          runId,
          dryRun,
          reason,
          ticket,
          damage: null,
          demo: true,
          state: progress.state,
          users: todo.length,
          counts: progress.counts,
          createdAt: new Date().toISOString(),
          endedAt: null,
        },
      ];
    void play(todo, dryRun);
    return progress;
  }

  const answers: Answers = {
    'app.snapshot': () => answer(signedInAs(options)),
    'app.copyText': () => answer(null),
    'settings.update': () => answer(snapshotOf(options.scenario).settings),
    'list.fromText': ({ text }) =>
      answer(makeList('Pasted list', Math.max(text.split('\n').length, options.rows))),
    'list.fromDialog': () => answer(makeList('leavers.csv', options.rows)),
    'list.fromFile': ({ name }) => answer(makeList(name, options.rows)),
    'plan.resolve': async () => {
      for (let done = 0; done <= 4; done += 1) {
        send('plan.progress', {
          phase: 'resolving',
          done: (done * options.rows) / 4,
          total: options.rows,
          calls: done * 2,
        });
        await wait(150);
      }
      return ok(makePlan(planRows()));
    },
    'plan.cancelResolving': () => answer(null),
    'plan.rows': ({ from, count }) => answer(planRows().slice(from, from + count)),
    'runs.start': async ({ dryRun, reason, ticket }) => {
      await wait(200);
      return ok(begin(dryRun, reason, ticket));
    },
    'runs.pause': () => {
      const state = {
        kind: 'paused',
        reason: 'by-you',
        since: new Date().toISOString(),
        until: null,
      } as const;
      const now = report({ state });
      return now ? answer(now) : Promise.resolve(failed({ code: 'no-such-item', message: 'No run' }));
    },
    'runs.continue': () => {
      const now = report({ state: { kind: 'running' } });
      return now ? answer(now) : Promise.resolve(failed({ code: 'no-such-item', message: 'No run' }));
    },
    'runs.cancel': () => {
      cancelled = true;
      const now = report({ state: { kind: 'cancelled', at: new Date().toISOString() } });
      return now ? answer(now) : Promise.resolve(failed({ code: 'no-such-item', message: 'No run' }));
    },
    'runs.resume': () => answer(begin(false, 'Leavers of November, again', '')),
    'runs.list': () => answer(runs),
    'runs.outcomes': ({ from, count }) => {
      const all =
        outcomes.length > 0
          ? outcomes
          : planRows().map((row) =>
              makeOutcome(row, row.decision.kind === 'revoke' ? outcomeOf(row.index, false) : 'kept-back'),
            );
      return answer(all.slice(from, from + count));
    },
    'runs.export': () => answer({ path: '/home/ingrid/Documents/tokendesk-2026-11-21.csv' }),
    'runs.timeline': () =>
      answer({
        startedAt: '2026-11-21T12:00:00Z',
        endedAt: '2026-11-21T12:10:00Z',
        bucketSeconds: 5,
        buckets: Array.from({ length: 120 }, (_, index) => ({
          at: new Date(Date.UTC(2026, 10, 21, 12, 0, index * 5)).toISOString(),
          counts: index > 40 && index < 60 ? {} : { revoked: 20 + (index % 5), failed: index % 4 },
        })),
        breaks: [{ kind: 'offline', at: '2026-11-21T12:03:25Z', seconds: 95, from: 0.34, to: 0.5 }],
        breaksLeftOut: 0,
      }),
    'runs.verifications': () => answer({ latest: null, earlier: 0, damage: null, recorded: true }),
    'runs.close': ({ runId, reason }) => {
      const ended = { state: { kind: 'cancelled', at: new Date().toISOString() }, endedWhy: reason } as const;
      runs = runs.map((run) => (run.runId === runId ? { ...run, ...ended, endedAt: ended.state.at } : run));
      return answer(runs);
    },
    'runs.delete': ({ runId }) => {
      runs = runs.filter((run) => run.runId !== runId);
      return answer(runs);
    },
  };

  const call = new Proxy({} as Bridge['call'], {
    get: (_, name: CallName) => (input: never) => {
      const own = answers[name] as ((input: never) => Promise<Result<unknown>>) | undefined;
      if (options.failing?.name === name)
        return Promise.resolve(
          failed({ code: options.failing.code, message: 'As the gallery was asked to.' }),
        );
      return (
        own?.(input) ?? Promise.resolve(failed({ code: 'internal', message: `The gallery has no ${name}` }))
      );
    },
  });
  const on = new Proxy({} as Bridge['on'], {
    get: (_, name: EventName) => (listener: (payload: never) => void) => {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener));
      return () => all.delete(listener);
    },
  });
  Object.defineProperty(window, 'tokendesk', { value: { call, on } satisfies Bridge });
}
