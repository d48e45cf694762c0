import { systemClock } from '../../clock.ts';
import { createLists, type Lists } from './lists.ts';
import type { ListReader } from './worker-reader.ts';
import { readList } from './read-list.ts';
import { describeColumns } from './columns.ts';
import { readTable } from './layout.ts';
import { readRow } from './rows.ts';

/** How a list is read, in short: ids and addresses, `?` for what is unreadable, `-` for a row that names nobody. */
export function keysOf(text: string): readonly string[] {
  const table = readTable(text);
  const { columns, identifierColumn } = describeColumns(table);
  if (identifierColumn === null) return ['asks'];
  const reader = { columns, column: identifierColumn, hasHeader: table.heading !== null, details: [] };
  return table.rows.flatMap((row) =>
    readRow(row, reader).map(({ kind, key }) =>
      kind === 'unreadable' ? '?' : kind === 'nobody' ? '-' : key,
    ),
  );
}

/** The reader without its worker: Node cannot start one from TypeScript. */
export const readInline: ListReader = async (job, signal, onRead) => {
  signal.throwIfAborted();
  return Promise.resolve(readList(job, onRead));
};

/** Kept lists as the app has them, but for the worker. @param random 0 to 1, for ids. */
export const listsForTests = (random: () => number): Lists =>
  createLists({ random, read: readInline, clock: systemClock, onProgress: () => undefined });
