import type { Theme } from '../../../shared/app.ts';
import { failed, ok } from '../../../shared/result.ts';
import { NO_COUNTS, type RunProgress } from '../../../shared/run.ts';
import { demoConnection, sampleTimeout, sampleToken, snapshotOf, type Scenario } from './scenarios.ts';
import type { Answers } from '../testing/fake-bridge.ts';

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
  counts: { ...NO_COUNTS, revoked: 412, 'not-found': 2, failed: 1, 'kept-back': 31 },
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

/** What the main process of a scenario answers; what is missing fails by name. */
export function answersFor(scenario: Scenario, theme: Theme): Answers {
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
