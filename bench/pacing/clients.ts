import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import sdk from 'purecloud-platform-client-v2';
import { systemClock } from '../../src/main/clock.ts';
import { readRateLimit } from '../../src/main/genesys/limits.ts';
import { DEFAULT_SHARE } from '../../src/main/genesys/pacing.ts';
import { reportRows } from '../../src/main/revocation/history/load.ts';
import { createRuns } from '../../src/main/revocation/history/runs.ts';
import { createActiveRun } from '../../src/main/revocation/run/active-run.ts';
import { createSecret } from '../../src/main/secrets/secret.ts';
import { authorizeClient } from '../../src/main/session/authorized-client.ts';
import { revocationSessionOf } from '../../src/main/session/inspect-token.ts';
import { readTokenDetails } from '../../src/main/session/token-details.ts';
import { startNetwork } from '../../tools/chromium-electron/network.mjs';
import { planOf } from '../plan.ts';
import type { SimulatorProcess } from '../simulator-process.ts';

/**
 * Tokendesk goes through the stand-in's `net.fetch`, which has Chromium's sockets: once as the app runs, with
 * `ignore-connections-limit` for its host, and once as where that is not in force (a custom host's first run).
 */
export const CLIENTS = ['tokendesk', 'tokendesk-six-sockets', 'sdk-loop', 'sdk-p-limit-10'] as const;
export type ClientName = (typeof CLIENTS)[number];

/**
 * Revokes these users one after the other, in its own way, until they are through or the signal is aborted.
 * @returns the ids of those whom it says it did not revoke.
 */
type Client = (
  simulator: SimulatorProcess,
  userIds: readonly string[],
  signal: AbortSignal,
) => Promise<readonly string[]>;

/** More than Tokendesk gets through in a measurement; only the SDK runs into thousands of refusals. */
const PLAN = 2_500;

/** What the app runs, from the HTTP client to the journal on the disk. */
const tokendesk =
  (fetch: typeof globalThis.fetch): Client =>
  async ({ api, login, token }, userIds, signal) => {
    const folder = await mkdtemp(join(tmpdir(), 'tokendesk-bench-'));
    const access = authorizeClient({
      hosts: { apiBase: api, loginBase: login, allowLoopbackHttp: true },
      granted: { token: createSecret(token), expiresInSeconds: null },
      renew: null,
      fetch,
      clock: systemClock,
      random: Math.random,
      rateShare: DEFAULT_SHARE,
      onExpired: () => undefined,
      onRenewed: () => undefined,
    });
    try {
      const details = await readTokenDetails(access.client, systemClock, null, access.signal);
      const limit = await readRateLimit(access.client, 'user', access.signal);
      access.pacer.setLimit(limit.perMinute, DEFAULT_SHARE);
      const session = revocationSessionOf(
        { access, token: details, limit },
        {
          id: 'bench',
          label: 'Bench',
          method: 'access-token',
          region: { kind: 'genesys', id: 'eu-central-1' },
          clientId: null,
          organization: details.organization,
          createdAt: new Date().toISOString(),
        },
      );
      let onEnd = (): void => undefined;
      const ended = new Promise<void>((resolve) => {
        onEnd = resolve;
      });
      signal.addEventListener('abort', onEnd);
      const runs = createRuns(() => folder, Math.random);
      const active = createActiveRun({
        runs,
        appVersion: '0',
        clock: systemClock,
        random: Math.random,
        onProgress: ({ state }) => {
          if (state.kind === 'finished') onEnd();
        },
      });
      const plan = await planOf(userIds.slice(0, PLAN), session);
      const { runId } = await active.start(
        plan,
        { planId: '', dryRun: false, reason: '', ticket: '', confirmation: plan.summary.confirmationText },
        session,
      );
      await ended;
      active.pause(runId);
      // Who was called for gets an answer, or its time limit.
      while ((active.progress(runId)?.inFlight ?? 0) > 0) await systemClock.sleep(100);
      // What the app says is its journal: an answer that came is not an outcome before it is written.
      await active.shutdown();
      const outcomes = [...reportRows(await runs.load(runId))];
      return outcomes.flatMap(({ outcome, userId }) =>
        outcome !== 'revoked' && outcome !== 'not-attempted' && userId !== null ? [userId] : [],
      );
    } finally {
      access.end();
      await rm(folder, { recursive: true, force: true });
    }
  };

/** As the app's command line has it, read at the first request. */
const withSwitch =
  (domains: string): Client =>
  (...given) =>
    tokendesk(startNetwork({ 'ignore-connections-limit': domains }))(...given);

/** The official SDK, as its README shows it. It does not retry: a user refused with a 429 is left out. */
const sdkTokens = ({ api, token }: SimulatorProcess): sdk.TokensApi => {
  const client = sdk.ApiClient.instance;
  const { hostname, port } = new URL(api);
  client.setGateway({ host: hostname, protocol: 'http', port: Number(port) });
  client.setAccessToken(token);
  return new sdk.TokensApi();
};

const sdkLoop: Client = async (simulator, userIds, signal) => {
  const tokens = sdkTokens(simulator);
  for (const userId of userIds) {
    if (signal.aborted) break;
    await tokens.deleteToken(userId).catch(() => undefined);
  }
  return [];
};

const sdkLimited: Client = async (simulator, userIds, signal) => {
  const tokens = sdkTokens(simulator);
  const limit = pLimit(10);
  const calls = userIds.map((userId) =>
    limit(async () => {
      if (!signal.aborted) await tokens.deleteToken(userId).catch(() => undefined);
    }),
  );
  await Promise.all(calls);
  return [];
};

export const clients: Readonly<Record<ClientName, Client>> = {
  tokendesk: withSwitch('127.0.0.1'),
  'tokendesk-six-sockets': withSwitch(''),
  'sdk-loop': sdkLoop,
  'sdk-p-limit-10': sdkLimited,
};
