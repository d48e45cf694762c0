/** What a cell holds for sorting, searching and copying; null sorts last and copies as nothing. */
export type CellValue = string | number | null;

export interface TableColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** Starting width in CSS pixels. */
  readonly width: number;
  /** What the column sorts by. */
  readonly value: (row: Row) => CellValue;
  /** What the cell says, where that differs from `value`; searched and copied as shown. */
  readonly text?: (row: Row) => string;
  readonly sortable?: boolean;
  /** False where a filter by words would only find accidents: row numbers, times. */
  readonly searched?: boolean;
  readonly align?: 'start' | 'end';
  /** Starts hidden; the person can show it. */
  readonly hidden?: boolean;
}

export interface SortState {
  readonly key: string;
  readonly direction: 'ascending' | 'descending';
}

/** @returns what the cell of this column says for this row. */
export function cellText<Row>(column: TableColumn<Row>, row: Row): string {
  if (column.text) return column.text(row);
  const value = column.value(row);
  return value === null ? '' : String(value);
}
