import { setImmediate as turn } from 'node:timers/promises';
import type { OutcomeRow } from '../../../shared/run.ts';
import { disarmFormula } from '../../../shared/spreadsheet.ts';

/** RFC 4180. */
const quote = (value: string): string =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/** Excel reads a CSV as UTF-8 only with a byte order mark; everything else skips it. */
const BYTE_ORDER_MARK = '\uFEFF';

const HEADER = [
  'row',
  'input',
  'user_id',
  'name',
  'email',
  'outcome',
  'note',
  'attempts',
  'status',
  'time',
  'correlation_id',
];

const line = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => (typeof cell === 'string' ? quote(disarmFormula(cell)) : String(cell ?? ''))).join(',')}\r\n`;

/** Rows written before other work gets its turn: about 20 ms. */
const CHUNK = 5_000;

/** Names of the lists' own columns that came along, in the order in which they are met. */
const detailColumns = (rows: readonly OutcomeRow[]): readonly string[] => [
  ...new Set(rows.flatMap(({ details = [] }) => details.map(([column]) => column))),
];

/** @returns the report as CSV, one line per row of the plan; `row` counts from 1. */
export async function toCsv(rows: Iterable<OutcomeRow>): Promise<string> {
  const all = [...rows];
  const columns = detailColumns(all);
  const lines = [BYTE_ORDER_MARK, line([...HEADER, ...columns.map((name) => `list: ${name}`)])];
  for (const {
    index,
    input,
    userId,
    name,
    email,
    outcome,
    note,
    attempts,
    status,
    at,
    correlationId,
    details,
  } of all) {
    lines.push(
      line([
        ...[index + 1, input, userId, name, email, outcome, note, attempts, status, at, correlationId],
        ...columns.map((column) => details?.find(([name]) => name === column)?.[1] ?? ''),
      ]),
    );
    if (index % CHUNK === 0) await turn();
  }
  return lines.join('');
}
