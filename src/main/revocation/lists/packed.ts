import { failure } from '../../failure.ts';
import type { ListRow } from './table.ts';

/** Most that all kept lists take in memory, bytes. A list of 1,000,000 ids takes 50 MB. */
export const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/**
 * The rows of a list in a few buffers: they cross from the worker without being copied, and lie outside of the heap, so
 * that a large list costs no collection.
 */
export interface PackedRows {
  /** All cells, UTF-8, one behind the other. */
  readonly text: Uint8Array<ArrayBuffer>;
  /** Where each cell ends in `text`. */
  readonly cellEnds: Uint32Array<ArrayBuffer>;
  /** How many cells the rows up to and with each one have. */
  readonly rowEnds: Uint32Array<ArrayBuffer>;
  readonly lines: Uint32Array<ArrayBuffer>;
  /** 1 where the row says itself that it names nobody. */
  readonly nobody: Uint8Array<ArrayBuffer>;
}

const buffersOf = ({ text, cellEnds, rowEnds, lines, nobody }: PackedRows): ArrayBuffer[] => [
  text.buffer,
  cellEnds.buffer,
  rowEnds.buffer,
  lines.buffer,
  nobody.buffer,
];

/** What a packed list takes in memory. */
export const sizeOf = (rows: PackedRows): number =>
  buffersOf(rows).reduce((sum, { byteLength }) => sum + byteLength, 0);

/** The buffers of a packed list, for handing them over. */
export const transferOf = buffersOf;

/** @throws AppFailure `file-too-large` when one list alone takes more than is kept of all. */
export function pack(rows: readonly ListRow[]): PackedRows {
  let cells = 0;
  let bytes = 0;
  for (const row of rows) {
    cells += row.cells.length;
    for (const cell of row.cells) bytes += Buffer.byteLength(cell);
  }
  if (bytes + cells * 4 + rows.length * 9 > MAX_KEPT_BYTES)
    throw failure(
      'file-too-large',
      'The list takes more than 64 MB in memory. Split it, or leave columns out.',
    );
  const packed: PackedRows = {
    text: new Uint8Array(bytes),
    cellEnds: new Uint32Array(cells),
    rowEnds: new Uint32Array(rows.length),
    lines: new Uint32Array(rows.length),
    nobody: new Uint8Array(rows.length),
  };
  const text = Buffer.from(packed.text.buffer);
  let at = 0;
  let cell = 0;
  rows.forEach((row, n) => {
    for (const value of row.cells) {
      at += text.write(value, at);
      packed.cellEnds[cell] = at;
      cell += 1;
    }
    packed.rowEnds[n] = cell;
    packed.lines[n] = row.line;
    packed.nobody[n] = row.nobody ? 1 : 0;
  });
  return packed;
}

/** One row of a packed list. */
export function unpackRow({ text, cellEnds, rowEnds, lines, nobody }: PackedRows, n: number): ListRow {
  const bytes = Buffer.from(text.buffer);
  const cells: string[] = [];
  for (let cell = n === 0 ? 0 : (rowEnds[n - 1] ?? 0); cell < (rowEnds[n] ?? 0); cell += 1)
    cells.push(bytes.toString('utf8', cell === 0 ? 0 : cellEnds[cell - 1], cellEnds[cell]));
  return { line: lines[n] ?? 0, cells, ...(nobody[n] === 1 && { nobody: true as const }) };
}
