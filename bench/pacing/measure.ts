import { createOrg } from '../../src/simulator/org/org.ts';
import type { Ledger } from '../../src/simulator/index.ts';
import { startSimulatorProcess, type SimulatorProcess } from '../simulator-process.ts';
import { clients, type ClientName } from './clients.ts';

/** The server's sliding window: Genesys' 300 a minute, ten times as fast. */
const LIMIT = 300;
const WINDOW_MS = 6_000;

/** Until then whatever the client starts with is over: an idle budget, cold code. */
const WARM_UP_MS = 2 * WINDOW_MS;
const WINDOWS = 3;

const ROUTE = 'DELETE /api/v2/tokens/:userId';
const ORG = { seed: 1, users: 20_000 };

export interface PacingResult {
  readonly client: ClientName;
  readonly latencyMs: number;
  /** Revocations in whole windows of steady running, as a share of what the limit allows there. */
  readonly shareOfLimit: number;
  /** 429s from the first call to the last. */
  readonly tooMany: number;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const judge = (ledger: Ledger): Pick<PacingResult, 'shareOfLimit' | 'tooMany'> => {
  const accepted = ledger.requests.filter(({ route, status }) => route === ROUTE && status < 300);
  const from = (accepted[0]?.at ?? 0) + WARM_UP_MS;
  const inside = accepted.filter(({ at }) => at >= from && at < from + WINDOWS * WINDOW_MS);
  const tooMany = Object.values(ledger.counts).reduce((sum, byStatus) => sum + (byStatus['429'] ?? 0), 0);
  return { shareOfLimit: inside.length / (WINDOWS * LIMIT), tooMany };
};

/** A plan of thousands takes a moment to be written. Ends by itself, for a client that never gets there. */
async function firstRevocation(simulator: SimulatorProcess): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if ((await simulator.ledger()).counts[ROUTE]?.['200'] !== undefined) return;
    await sleep(500);
  }
}

/** Lets one client run against a fresh server for as long as the measurement takes. */
export async function measure(client: ClientName, latencyMs: number): Promise<PacingResult> {
  const simulator = await startSimulatorProcess({
    ...ORG,
    limit: LIMIT,
    window: WINDOW_MS / 1_000,
    latency: `${latencyMs}-${latencyMs}`,
  });
  const org = createOrg(ORG);
  const userIds = org.ids.filter((_, index) => index > 50 && org.stateOf(index) !== 'deleted');
  const stop = new AbortController();
  try {
    const running = clients[client](simulator, userIds, stop.signal);
    await Promise.race([running, firstRevocation(simulator)]);
    await Promise.race([running, sleep(WARM_UP_MS + WINDOWS * WINDOW_MS + latencyMs)]);
    const ledger = await simulator.ledger();
    stop.abort();
    await running;
    return { client, latencyMs, ...judge(ledger) };
  } finally {
    stop.abort();
    await simulator.stop();
  }
}
