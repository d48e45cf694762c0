import { CLIENTS } from './clients.ts';
import type { Machine } from '../machine.ts';
import type { Bench } from '../report.ts';
import { measure, type PacingResult } from './measure.ts';

/** Round trips of a good and of a bad day, ms. */
const LATENCIES_MS = [50, 2_000];

/** Share of what can be had that Tokendesk promises, with no 429 and nobody misjudged. */
const PROMISED = 0.96;

const NAMES: Readonly<Record<PacingResult['client'], string>> = {
  tokendesk: 'Tokendesk',
  'tokendesk-six-sockets': 'Tokendesk, six sockets',
  'sdk-loop': 'Official SDK, one after the other',
  'sdk-p-limit-10': 'Official SDK, p-limit(10)',
};

/** One after the other, so that none disturbs another. */
async function measureAll(
  { undisturbed }: Machine,
  onResult: (result: PacingResult) => void,
): Promise<readonly PacingResult[]> {
  const results: PacingResult[] = [];
  for (const latencyMs of LATENCIES_MS) {
    for (const client of CLIENTS) {
      const result = await undisturbed(`${NAMES[client]} at ${latencyMs} ms`, () =>
        measure(client, latencyMs),
      );
      results.push(result);
      onResult(result);
    }
  }
  return results;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The pace against the rate limit, beside the official SDK. */
export const pacing: Bench = async (say, machine) => {
  say(
    '| latency | client | share of the limit | of what can be had | 429s | misjudged |\n| ---: | --- | ---: | ---: | ---: | ---: |',
  );
  const results = await measureAll(
    machine,
    ({ client, latencyMs, shareOfLimit, possibleShare, tooMany, misjudged }) => {
      const had = percent(shareOfLimit / possibleShare);
      say(
        `| ${latencyMs} ms | ${NAMES[client]} | ${percent(shareOfLimit)} | ${had} | ${tooMany} | ${misjudged} |`,
      );
    },
  );
  const ours = results.filter(({ client }) => client.startsWith('tokendesk'));
  return {
    kept: ours.every(
      ({ shareOfLimit, possibleShare, tooMany, misjudged }) =>
        shareOfLimit >= PROMISED * possibleShare && tooMany === 0 && misjudged === 0,
    ),
    result: { results },
    ratios: Object.fromEntries(
      ours.map(({ client, latencyMs, shareOfLimit, possibleShare }) => [
        `share of what can be had: ${NAMES[client]}, ${latencyMs} ms`,
        { value: shareOfLimit / possibleShare, better: 'higher' as const },
      ]),
    ),
  };
};
