import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judge } from '../../contract/judge/judge.ts';
import type { Finding } from '../../contract/judge/finding.ts';
import type { Exchange } from '../../src/simulator/exchanges.ts';

/** A CommonJS module that writes down the exchanges of the demo organisation, which runs inside main. */
export const EXCHANGES_RECORDER = join(import.meta.dirname, 'exchanges.cjs');

/**
 * What the demo organisation was asked and answered, held against the API's description.
 * @param file lines of JSON; a last line that a kill cut short is left out. None at all is no exchange.
 */
export async function findingsIn(file: string): Promise<readonly Finding[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => judge(JSON.parse(line) as Exchange));
}
