import { setImmediate as turn } from 'node:timers/promises';
import type { KeepOutSummary } from '../../../shared/keep-out.ts';
import type { OutcomeRow, RunSummary, RunVerification } from '../../../shared/run.ts';

/** Rows written before other work gets its turn. */
const CHUNK = 5_000;

/** @returns the report as one JSON object: the run, its verifications, each keeping-out, and a row for each row of the plan. */
export async function toJson(
  run: RunSummary,
  rows: Iterable<OutcomeRow>,
  verifications: readonly RunVerification[],
  keptOut: readonly KeepOutSummary[] = [],
): Promise<string> {
  const lines: string[] = [];
  for (const row of rows) {
    lines.push(`    ${JSON.stringify(row)}`);
    if (lines.length % CHUNK === 0) await turn();
  }
  return `{\n  "format": "tokendesk-report",\n  "version": 1,\n  "timeZone": "UTC",\n  "run": ${JSON.stringify(run)},\n  "verifications": ${JSON.stringify(verifications)},\n  "keptOut": ${JSON.stringify(keptOut)},\n  "rows": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
