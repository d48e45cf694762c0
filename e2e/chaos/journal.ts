import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export interface JournalLine {
  readonly seq: number;
  readonly prev: string;
  readonly type: string;
  readonly userId?: string;
  readonly correlationId?: string | null;
  readonly outcome?: string;
  readonly state?: { readonly kind: string };
}

/** A journal read as docs/journal.md says, without the app's code: chain checked, a torn last line left out. */
export async function readJournalFile(path: string): Promise<readonly JournalLine[]> {
  const text = await readFile(path, 'utf8');
  const lines = text.split('\n').slice(0, -1);
  let prev = '0'.repeat(64);
  return lines.map((line, seq) => {
    const record = JSON.parse(line) as JournalLine;
    if (record.seq !== seq || record.prev !== prev)
      throw new Error(`Line ${seq + 1} of the journal does not fit the line before`);
    prev = createHash('sha256').update(`${line}\n`).digest('hex');
    return record;
  });
}

/** User id → outcome. @throws when a user has two. */
export function outcomesIn(lines: readonly JournalLine[]): ReadonlyMap<string, string> {
  const outcomes = new Map<string, string>();
  for (const { type, userId = '', outcome = '' } of lines) {
    if (type !== 'outcome') continue;
    if (outcomes.has(userId)) throw new Error(`The journal has two outcomes for ${userId}`);
    outcomes.set(userId, outcome);
  }
  return outcomes;
}
