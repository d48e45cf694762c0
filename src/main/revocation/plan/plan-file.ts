import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { PlanRow } from '../../../shared/plan.ts';

/** Rows handled before other work gets its turn: some ms, and text that V8 collects before the next has come to much. */
const CHUNK = 500;

/**
 * A row as its plan's file holds it: JSON, keys in this order, a line feed at the end. The plan's hash is over these
 * lines, so `sha256sum plan.jsonl` gives it.
 */
export const canonicalLine = (row: PlanRow): string =>
  `${JSON.stringify({
    index: row.index,
    input: row.input,
    userId: row.userId,
    name: row.name,
    email: row.email,
    department: row.department,
    division: row.division,
    state: row.state,
    ...(row.line !== undefined && { line: row.line }),
    ...(row.details && { details: row.details }),
    decision:
      row.decision.kind === 'revoke'
        ? { kind: 'revoke', ...(row.decision.note !== undefined && { note: row.decision.note }) }
        : { kind: 'kept-back', reason: row.decision.reason, note: row.decision.note },
  })}\n`;

/** The plan's file in chunks of some 100 KB, with turns of the event loop between them. */
export async function* canonicalChunks(rows: readonly PlanRow[]): AsyncGenerator<Buffer> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    yield Buffer.from(
      rows
        .slice(from, from + CHUNK)
        .map(canonicalLine)
        .join(''),
    );
    await turn();
  }
}

/** @returns SHA-256 in hex over the canonical lines of all rows, those kept back included. */
export async function hashRows(rows: readonly PlanRow[]): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of canonicalChunks(rows)) hash.update(chunk);
  return hash.digest('hex');
}
