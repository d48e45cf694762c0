import { surplusJoiner } from './surplus.ts';
import { MAX_COLUMNS, tooManyColumns, type ListRow } from './table.ts';

/** A name of a column for comparing: `E-Mail` is `email`. */
const keyOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Tables one below the other as one: columns of the same name are one column. */
export class Stacked {
  readonly #heading: string[] | null;
  readonly #joined: (row: ListRow) => ListRow;
  /** For each cell of the table that is being read, the column that it belongs to; null where it stays. */
  #columns: readonly number[] | null = null;

  constructor(heading: readonly string[] | null) {
    this.#heading = heading ? [...heading] : null;
    this.#joined = heading ? surplusJoiner(heading) : (row) => row;
  }

  get heading(): readonly string[] | null {
    return this.#heading;
  }

  /** The first heading again. */
  restart(): void {
    this.#columns = null;
  }

  /** A further table. @throws AppFailure `file-too-large`. */
  begin(names: readonly string[]): void {
    const heading = this.#heading;
    if (!heading) return;
    const taken = new Set<number>();
    this.#columns = names.map((name) => {
      const known = heading.findIndex((own, n) => !taken.has(n) && keyOf(own) === keyOf(name));
      const index = known === -1 ? heading.length : known;
      if (index >= MAX_COLUMNS) throw tooManyColumns();
      if (known === -1) heading.push(name);
      taken.add(index);
      return index;
    });
  }

  /** A row with its cells in their columns; those beyond its heading come last. */
  place(row: ListRow): ListRow {
    const columns = this.#columns;
    if (!columns) return this.#joined(row);
    const cells = Array.from({ length: this.#heading?.length ?? 0 }, () => '');
    row.cells.forEach((cell, n) => {
      const index = columns[n];
      if (index === undefined) cells.push(cell);
      else cells[index] = cell;
    });
    return { ...row, cells };
  }
}
