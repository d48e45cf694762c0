import type { ListEncoding, ListPreview } from '../../../shared/list.ts';
import { failure } from '../../failure.ts';
import { describeColumns } from './columns.ts';
import { decodeList } from './decode.ts';
import { plainValue } from './clean.ts';
import { scan } from './scan.ts';
import { readTable, type OnRead } from './layout.ts';
import { pack, type PackedRows } from './packed.ts';
import type { ListTable } from './table.ts';
import { isWorkbook, readWorkbook } from './workbook.ts';

/** What is to be read. `sheet` is an index; null takes the first that is shown and names users. */
export type ListJob =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly sheet: number | null };

/** A list that was read, without the name and id that it is kept under. */
export interface ReadList {
  readonly preview: Omit<ListPreview, 'listId' | 'name'>;
  readonly rows: PackedRows;
}

/** Lines that became no row and are told in the preview, the others are counted. */
const MAX_LEFT_OUT = 20;
/** Characters of them that are shown. */
const MAX_LEFT_OUT_TEXT = 300;

/**
 * Reads a list whole. Runs in a worker: it takes as long as it takes.
 * @throws AppFailure `file-too-large`, `file-unreadable`, `nothing-selected` for an empty list.
 */
export function readList(job: ListJob, onRead: OnRead = () => undefined): ReadList {
  if (job.kind === 'text') return finish(readTable(job.text, onRead), 'utf-8', [], null, onRead);
  if (isWorkbook(job.bytes)) {
    const { table, sheets, sheet } = readWorkbook(job.bytes, job.sheet, onRead);
    return finish(table, null, sheets, sheet, onRead);
  }
  const { text, encoding } = decodeList(job.bytes);
  return finish(readTable(text, onRead), encoding, [], null, onRead);
}

function finish(
  table: ListTable,
  encoding: ListEncoding | null,
  sheets: ListPreview['sheets'],
  sheet: number | null,
  onRead: OnRead,
): ReadList {
  const { format, delimiter, heading, leftOut } = table;
  if (table.rows.length === 0) throw failure('nothing-selected', emptyWords(sheets, sheet));
  const { columns, identifierColumn, tie, aside } = describeColumns(table);
  onRead(0.9);
  const leftOutUsers = { ...aside };
  for (const { text } of leftOut)
    for (const { kind } of scan(plainValue(text)).mentions)
      leftOutUsers[kind === 'id' ? 'ids' : 'emails'] += 1;
  return {
    preview: {
      format,
      encoding,
      delimiter,
      hasHeader: heading !== null,
      columns,
      identifierColumn,
      tie,
      rows: table.rows.length,
      leftOut: leftOut
        .slice(0, MAX_LEFT_OUT)
        .map((line) => ({ ...line, text: line.text.slice(0, MAX_LEFT_OUT_TEXT) })),
      leftOutCount: leftOut.length,
      leftOutUsers,
      sheets,
      sheet,
    },
    rows: pack(table.rows),
  };
}

const emptyWords = (sheets: ListPreview['sheets'], sheet: number | null): string => {
  const name = sheet === null ? undefined : sheets[sheet]?.name;
  return name === undefined ? 'The list is empty.' : `The sheet “${name}” is empty.`;
};
