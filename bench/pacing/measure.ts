import { createOrg } from '../../src/simulator/org/org.ts';
import type { Ledger } from '../../src/simulator/index.ts';
import { startSimulatorProcess, type SimulatorProcess } from '../simulator-process.ts';
import { clients, type ClientName } from './clients.ts';

/** Genesys' calls a minute. */
const LIMIT = 300;

interface Pace {
  /** The server's sliding window, which has LIMIT calls. */
  readonly windowMs: number;
  /** Until then whatever the client starts with is over: an idle budget, cold code, too few calls under way. */
  readonly warmUpMs: number;
  readonly windows: number;
}

/**
 * The SDK ten times as fast where that changes nothing. Tokendesk as it is: its gate makes up for lateness of up to 0.8 s,
 * which at ten times the pace is 80 ms, and a busy machine is late by more.
 */
const paceOf = (client: ClientName, latencyMs: number): Pace =>
  client.startsWith('sdk') && latencyMs < 500
    ? { windowMs: 6_000, warmUpMs: 12_000, windows: 3 }
    : { windowMs: 60_000, warmUpMs: 30_000, windows: 1 };

/** Chromium's sockets per host. */
const SOCKETS = 6;

const ROUTE = 'DELETE /api/v2/tokens/:userId';
const ORG = { seed: 1, users: 20_000 };

export interface PacingResult {
  readonly client: ClientName;
  readonly latencyMs: number;
  /** Revocations in whole windows of steady running, as a share of what the limit allows there. */
  readonly shareOfLimit: number;
  /** What can be had: all of the limit, or what six sockets carry. */
  readonly possibleShare: number;
  /** Users whom the server revoked and of whom the client says that it did not. */
  readonly misjudged: number;
  /** 429s from the first call to the last. */
  readonly tooMany: number;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const judge = (
  ledger: Ledger,
  { windowMs, warmUpMs, windows }: Pace,
): Pick<PacingResult, 'shareOfLimit' | 'tooMany'> => {
  const accepted = ledger.requests.filter(({ route, status }) => route === ROUTE && status < 300);
  const from = (accepted[0]?.at ?? 0) + warmUpMs;
  const inside = accepted.filter(({ at }) => at >= from && at < from + windows * windowMs);
  const tooMany = Object.values(ledger.counts).reduce((sum, byStatus) => sum + (byStatus['429'] ?? 0), 0);
  return { shareOfLimit: inside.length / (windows * LIMIT), tooMany };
};

/** A plan of thousands takes a moment to be written. Ends by itself, for a client that never gets there. */
async function firstRevocation(simulator: SimulatorProcess): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if (Object.keys((await simulator.ledger()).revocations).length > 0) return;
    await sleep(500);
  }
}

/** Lets one client run against a fresh server for as long as the measurement takes. */
export async function measure(client: ClientName, latencyMs: number): Promise<PacingResult> {
  const pace = paceOf(client, latencyMs);
  const simulator = await startSimulatorProcess({
    ...ORG,
    limit: LIMIT,
    window: pace.windowMs / 1_000,
    latency: `${latencyMs}-${latencyMs}`,
  });
  const org = createOrg(ORG);
  const userIds = org.ids.filter((_, index) => index > 50 && org.stateOf(index) !== 'deleted');
  const stop = new AbortController();
  try {
    const running = clients[client](simulator, userIds, stop.signal);
    await Promise.race([running, firstRevocation(simulator)]);
    await Promise.race([running, sleep(pace.warmUpMs + pace.windows * pace.windowMs + latencyMs)]);
    const ledger = await simulator.ledger();
    stop.abort();
    const notRevoked = await running;
    const { revocations } = await simulator.ledger();
    const misjudged = notRevoked.filter((id) => revocations[id] !== undefined).length;
    const possibleShare =
      client === 'tokendesk-six-sockets' ? Math.min(1, (SOCKETS * pace.windowMs) / latencyMs / LIMIT) : 1;
    return { client, latencyMs, ...judge(ledger, pace), possibleShare, misjudged };
  } finally {
    stop.abort();
    await simulator.stop();
  }
}
