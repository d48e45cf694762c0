/** Row numbers. A set of 100,000 of them takes some MB, and this a byte each. */
export class RowSet {
  private readonly marks: Uint8Array;
  private held = 0;

  /** @param count rows that there are. */
  constructor(count: number) {
    this.marks = new Uint8Array(count);
  }

  get size(): number {
    return this.held;
  }

  has(row: number): boolean {
    return this.marks[row] === 1;
  }

  add(row: number): void {
    if (row >= this.marks.length || this.marks[row] === 1) return;
    this.marks[row] = 1;
    this.held += 1;
  }

  /** @returns whether it was there. */
  delete(row: number): boolean {
    if (this.marks[row] !== 1) return false;
    this.marks[row] = 0;
    this.held -= 1;
    return true;
  }

  /** @returns a set of the same rows among more. */
  grown(count: number): RowSet {
    const grown = new RowSet(count);
    this.marks.forEach((mark, row) => {
      if (mark === 1) grown.add(row);
    });
    return grown;
  }
}

type Rows = Pick<RowSet, 'size' | 'has' | 'delete'> & { add(row: number): unknown };

/** Row numbers between two positions of the shown order, either way round, both included. */
function rowsBetween(order: Uint32Array, a: number, b: number): Uint32Array {
  return order.subarray(Math.max(0, Math.min(a, b)), Math.max(a, b) + 1);
}

/** Turns one row's selection round. */
export function toggleRow(selected: Rows, row: number): void {
  if (!selected.delete(row)) selected.add(row);
}

/**
 * Shift + click or arrow: the range from `anchor` to `from` gives way to the range from `anchor` to `to`;
 * rows selected elsewhere stay. All three are positions in `order`.
 */
export function extendRange(
  selected: Rows,
  order: Uint32Array,
  anchor: number,
  from: number,
  to: number,
): void {
  for (const row of rowsBetween(order, anchor, from)) selected.delete(row);
  for (const row of rowsBetween(order, anchor, to)) selected.add(row);
}

/** Adds every shown row; rows that the filter hides keep their state. */
export function selectAllOf(selected: Rows, order: Uint32Array): void {
  for (const row of order) selected.add(row);
}

/** Removes every shown row; rows that the filter hides keep their state. */
export function clearAllOf(selected: Rows, order: Uint32Array): void {
  for (const row of order) selected.delete(row);
}

/** What the box in the heading shows for the rows that match now. */
export function selectionOf(selected: Rows, order: Uint32Array): 'none' | 'some' | 'all' {
  if (selected.size === 0 || order.length === 0) return 'none';
  if (selected.size >= order.length && order.every((row) => selected.has(row))) return 'all';
  return order.some((row) => selected.has(row)) ? 'some' : 'none';
}
