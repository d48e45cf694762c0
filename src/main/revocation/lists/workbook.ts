import { read, type CellObject, type WorkBook } from '@e965/xlsx';
import type { ListSheet } from '../../../shared/list.ts';
import { AppFailure, failure } from '../../failure.ts';
import { describeColumns } from './columns.ts';
import { asTable } from './as-table.ts';
import { withDecisions } from './decisions.ts';
import type { OnRead } from './layout.ts';
import {
  keptCell,
  MAX_COLUMNS,
  MAX_LIST_ROWS,
  tooManyColumns,
  tooManyRows,
  type ListRow,
  type ListTable,
} from './table.ts';
import { struckIn } from './struck.ts';
import { checkArchive } from './zip-bounds.ts';

/** A sheet as it is read here: rows and cells that are empty are missing. */
interface Sheet {
  readonly '!data'?: readonly (readonly (CellObject | undefined)[] | undefined)[];
  readonly '!rows'?: readonly ({ readonly hidden?: boolean } | undefined)[];
  readonly '!cols'?: readonly ({ readonly hidden?: boolean } | undefined)[];
}

interface Workbook {
  readonly table: ListTable;
  readonly sheets: readonly ListSheet[];
  readonly sheet: number;
}

const startsWith = (bytes: Uint8Array, ...first: readonly number[]): boolean =>
  first.every((byte, n) => bytes[n] === byte);

/** Whether the bytes are a ZIP archive, as an .xlsx is, or the container of an older or encrypted workbook. */
export const isWorkbook = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 0x50, 0x4b, 3, 4) || isOldWorkbook(bytes);

/** Compound File Binary: `.xls`, or an `.xlsx` with a password (MS-OFFCRYPTO). */
const isOldWorkbook = (bytes: Uint8Array): boolean => startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);

/**
 * Reads one sheet of an Excel workbook (.xlsx) with SheetJS: formulas by the value that Excel kept, numbers and dates as
 * they are shown, hidden rows and columns like the others, what is struck through as crossed out.
 * @param wanted index of the sheet; null takes the first shown one that names users, or else the first that is shown.
 * @throws AppFailure `file-unreadable`, `file-too-large`.
 */
export function readWorkbook(bytes: Uint8Array, wanted: number | null, onRead: OnRead): Workbook {
  if (isOldWorkbook(bytes))
    throw failure(
      'file-unreadable',
      'This workbook has a password or is of an old kind (.xls). Save it as .xlsx without a password.',
    );
  if (!checkArchive(bytes).includes('xl/workbook.xml'))
    throw failure('file-unreadable', 'The file is no Excel workbook (.xlsx).');
  onRead(0.1);
  const book = open(bytes);
  onRead(0.5);
  const sheets = book.SheetNames.map((name, n): ListSheet => ({
    name,
    hidden: (book.Workbook?.Sheets?.[n]?.Hidden ?? 0) !== 0,
    ...hiddenIn(sheetOf(book, n)),
  }));
  const sheet = wanted ?? firstWithUsers(book, sheets);
  if (!sheets[sheet]) throw failure('file-unreadable', 'The workbook has no sheet.');
  return { table: tableOf(book, sheet), sheets, sheet };
}

function open(bytes: Uint8Array): WorkBook {
  try {
    // `cellStyles` is what makes it tell hidden rows and columns.
    return read(bytes, {
      type: 'array',
      dense: true,
      cellStyles: true,
      cellHTML: false,
      cellFormula: false,
      // For what is struck through.
      bookFiles: true,
      sheetRows: MAX_LIST_ROWS + 100,
    });
  } catch (cause) {
    if (cause instanceof AppFailure) throw cause;
    throw failure(
      'file-unreadable',
      'The workbook could not be read. Save the sheet with the list as CSV.',
      cause,
    );
  }
}

const sheetOf = (book: WorkBook, index: number): Sheet | undefined =>
  book.Sheets[book.SheetNames[index] ?? ''];

function hiddenIn(sheet: Sheet | undefined): { hiddenRows: number; hiddenColumns: number } {
  const data = sheet?.['!data'] ?? [];
  const rows = sheet?.['!rows'] ?? [];
  const columns = sheet?.['!cols'] ?? [];
  let width = 0;
  for (const row of data) width = Math.max(width, row?.length ?? 0);
  let hiddenRows = 0;
  rows.forEach((row, n) => {
    if (row?.hidden && data[n]?.some((cell) => cell && textOf(cell) !== '')) hiddenRows += 1;
  });
  return { hiddenRows, hiddenColumns: columns.slice(0, width).filter((column) => column?.hidden).length };
}

function firstWithUsers(book: WorkBook, sheets: readonly ListSheet[]): number {
  const shown = sheets.flatMap(({ hidden }, index) => (hidden ? [] : [index]));
  const named = shown.find((index) => {
    const { columns } = describeColumns(tableOf(book, index));
    return columns.some(({ different }) => different > 0);
  });
  return named ?? shown[0] ?? 0;
}

function tableOf(book: WorkBook, index: number): ListTable {
  const rows: ListRow[] = [];
  const isStruck = struckIn(book, index);
  for (const [n, row] of (sheetOf(book, index)?.['!data'] ?? []).entries()) {
    if (!row) continue;
    const cells = Array.from(row, (cell, column) => {
      const text = cell ? keptCell(textOf(cell)) : '';
      // As Markdown writes what is crossed out.
      return text !== '' && isStruck(n, column) ? `~~${text}~~` : text;
    });
    while (cells.length > 0 && cells.at(-1) === '') cells.pop();
    if (cells.length > MAX_COLUMNS) throw tooManyColumns();
    if (cells.length > 0) rows.push({ line: n + 1, cells });
  }
  if (rows.length > MAX_LIST_ROWS) throw tooManyRows();
  return withDecisions(asTable(rows, null, 'workbook'));
}

/** What a cell shows. A name that links to an address says both. */
function textOf(cell: CellObject): string {
  const shown = cell.t === 's' ? String(cell.v ?? '') : (cell.w ?? String(cell.v ?? ''));
  const address = /^mailto:([^?]+)/i.exec(cell.l?.Target ?? '')?.[1];
  return address !== undefined && !shown.includes('@') && shown.trim() !== ''
    ? `${shown} <${address}>`
    : shown.trim();
}
