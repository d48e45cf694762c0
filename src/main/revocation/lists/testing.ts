import { AppFailure } from '../../failure.ts';
import { systemClock } from '../../clock.ts';
import { Lists } from './lists.ts';
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
  new Lists({ random, read: readInline, clock: systemClock, onProgress: () => undefined });

/** Numbers from 0 to 1, always the same ones. */
export const seeded = (): (() => number) => {
  let seed = 1;
  return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
};

/** The code that something fails with. */
export const codeOf = async (act: () => Promise<unknown>): Promise<string> => {
  try {
    await act();
  } catch (error) {
    if (error instanceof AppFailure) return error.error.code;
    throw error;
  }
  return 'nothing thrown';
};
