import type { Component } from 'vue';

/** What a cell holds for sorting, searching and copying; null sorts last and copies as nothing. */
export type CellValue = string | number | null;

export interface TableColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** Starting width in CSS pixels, where the table does not fit its columns to what they hold. */
  readonly width: number;
  /** Bounds of fitting, CSS pixels. */
  readonly minWidth?: number;
  readonly maxWidth?: number;
  /** What a cell draws beside its text, such as an icon, CSS pixels. */
  readonly adornment?: number;
  /** What the table's view draws in an empty cell: it needs its room as well. */
  readonly instead?: (row: Row) => string;
  /** What the column sorts by. */
  readonly value: (row: Row) => CellValue;
  /** What the cell says, where that differs from `value`; searched and copied as shown. */
  readonly text?: (row: Row) => string;
  /** The field of a packed row that alone says what the cell says; where it is a text, the cell says it as it is. */
  readonly field?: string;
  readonly sortable?: boolean;
  /** False where a filter by words would only find accidents: row numbers, times. */
  readonly searched?: boolean;
  readonly align?: 'start' | 'end';
  /** Starts hidden; the person can show it. */
  readonly hidden?: boolean;
  /** What a row is known by elsewhere: the menu of a row copies it, shown or not. */
  readonly isId?: boolean;
}

/** What can be done with rows from the toolbar, the context menu and the keyboard. */
export interface RowAction<Row> {
  readonly key: string;
  readonly label: string;
  readonly icon: Component;
  /** As `KeyboardEvent.key` has it, while the table has the focus. */
  readonly shortcut?: string;
  /** Whether it would do anything with these rows. */
  readonly applies: (rows: readonly Row[]) => boolean;
  readonly run: (rows: readonly Row[]) => void;
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
