import type { Theme } from '../../../shared/app.ts';
import type { Bridge, CallInput, CallName, CallOutput } from '../../../shared/ipc.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { RunProgress } from '../../../shared/run.ts';
import { demoConnection, sampleTimeout, sampleToken, snapshotOf, type Scenario } from './scenarios.ts';

type Answers = { readonly [K in CallName]?: (input: CallInput<K>) => Result<CallOutput<K>> };

const unavailable = failed({
  code: 'server-failed',
  message: 'Service Unavailable',
  details: {
    method: 'GET',
    path: '/api/v2/tokens/timeout',
    status: 503,
    apiCode: 'service.unavailable',
    correlationId: '1e1f7a4a-2b7c-4c0e-8a70-2c6d7b8f9a10',
  },
});

const run: RunProgress = {
  runId: 'run-1',
  state: { kind: 'running' },
  dryRun: false,
  users: 1204,
  counts: {
    revoked: 412,
    'would-revoke': 0,
    'not-found': 2,
    forbidden: 0,
    failed: 1,
    'kept-back': 31,
    'not-attempted': 0,
  },
  inFlight: 3,
  ratePerMinute: 288,
  pacePerMinute: 291,
  limitPerMinute: 300,
  secondsLeft: 163,
  tooManyRequests: 0,
  retries: 1,
  throughput: [],
  recentFailures: [],
};

function answersFor(scenario: Scenario, theme: Theme): Answers {
  const snapshot = snapshotOf(scenario);
  let settings = { ...snapshot.settings, theme };
  const signedIn = {
    kind: 'signed-in',
    connection: demoConnection,
    token: sampleToken,
    secretPlace: 'memory',
  } as const;
  const failing = scenario === 'failing';
  return {
    'app.snapshot': () => ok({ ...snapshot, settings }),
    'app.copyText': () => ok(null),
    'settings.update': (change) => {
      settings = { ...settings, ...change };
      return ok(settings);
    },
    'connections.signIn': (request) =>
      request.method === 'demo'
        ? ok(signedIn)
        : failed({
            code: 'wrong-credentials',
            message: 'invalid_client: client not found',
            details: { method: 'POST', path: '/oauth/token', status: 400 },
          }),
    'connections.switchTo': () => unavailable,
    'connections.signOut': () => ok({ kind: 'signed-out' }),
    'connections.rename': () => ok(snapshot.connections),
    'connections.remove': ({ connectionId }) =>
      ok(snapshot.connections.filter(({ id }) => id !== connectionId)),
    'token.refresh': () => (failing ? unavailable : ok(sampleToken)),
    'token.verify': () =>
      ok({
        valid: true,
        status: 200,
        latencyMs: 84,
        at: new Date().toISOString(),
        correlationId: '9c1d2e3f-aaaa-bbbb',
      }),
    'token.revoke': () => ok({ kind: 'signed-out' }),
    'timeout.read': () => (failing ? unavailable : ok(sampleTimeout)),
    'timeout.save': () =>
      ok({ kind: 'changed-meanwhile', current: { ...sampleTimeout, seconds: 3600, json: '{}' } }),
    'runs.progress': () => ok(run),
    'runs.list': () => ok([]),
  };
}

/** Puts a bridge without a main process on the window: for looking at the renderer alone. */
export function installFakeBridge(scenario: Scenario, theme: Theme): void {
  const answers = answersFor(scenario, theme);
  const call = new Proxy({} as Bridge['call'], {
    get: (_, name: CallName) => (input: never) => {
      const answer = answers[name] as ((input: never) => Result<unknown>) | undefined;
      return Promise.resolve(
        answer?.(input) ?? failed({ code: 'internal', message: `The gallery has no ${name}` }),
      );
    },
  });
  const on = new Proxy({} as Bridge['on'], { get: () => () => () => undefined });
  Object.defineProperty(window, 'tokendesk', { value: { call, on } satisfies Bridge });
}
