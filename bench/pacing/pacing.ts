import { CLIENTS } from './clients.ts';
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
async function measureAll(onResult: (result: PacingResult) => void): Promise<readonly PacingResult[]> {
  const results: PacingResult[] = [];
  for (const latencyMs of LATENCIES_MS) {
    for (const client of CLIENTS) {
      const result = await measure(client, latencyMs);
      results.push(result);
      onResult(result);
    }
  }
  return results;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** @returns whether Tokendesk keeps what it promises. */
export async function pacing(json: boolean): Promise<boolean> {
  if (!json)
    console.log(
      '| latency | client | share of the limit | of what can be had | 429s | misjudged |\n| ---: | --- | ---: | ---: | ---: | ---: |',
    );
  const results = await measureAll(
    ({ client, latencyMs, shareOfLimit, possibleShare, tooMany, misjudged }) => {
      if (json) return;
      const had = percent(shareOfLimit / possibleShare);
      console.log(
        `| ${latencyMs} ms | ${NAMES[client]} | ${percent(shareOfLimit)} | ${had} | ${tooMany} | ${misjudged} |`,
      );
    },
  );
  if (json) console.log(JSON.stringify({ pacing: results }, null, 2));
  return results
    .filter(({ client }) => client.startsWith('tokendesk'))
    .every(
      ({ shareOfLimit, possibleShare, tooMany, misjudged }) =>
        shareOfLimit >= PROMISED * possibleShare && tooMany === 0 && misjudged === 0,
    );
}
