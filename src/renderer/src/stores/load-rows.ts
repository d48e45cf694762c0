import type { AppError, Result } from '../../../shared/result.ts';
import { MOST_ROWS, withSharedWords, type RowBlock } from '../../../shared/row-blocks.ts';
import { createSharedText } from '../../../shared/string-interner.ts';

/** Rows that are on the screen before the others have come. A plan or a report that is no longer needs this one call. */
const FIRST = 500;

/** Calls at most: a million rows, so that a wrong answer cannot keep the window asking. */
const MOST_BLOCKS = 100;

/** Where rows come from: as they are, and packed. */
export interface RowSource<Row> {
  readonly rows: (from: number, count: number) => Promise<Result<readonly Row[]>>;
  readonly block: (from: number, count: number) => Promise<Result<RowBlock>>;
  readonly unpack: (block: RowBlock) => readonly Row[];
}

/** Rows of a table, and the blocks that they read from; a short table has none. */
export interface LoadedRows<Row> {
  readonly rows: readonly Row[];
  readonly blocks: readonly RowBlock[];
}

export const NO_ROWS: LoadedRows<never> = { rows: [], blocks: [] };

interface Loading<Row> {
  /** Told the first rows of many, which can be shown while the others come. */
  readonly onFirst: (first: LoadedRows<Row>) => void;
  /** Told how many rows are here after each answer. */
  readonly onProgress: (loaded: number) => void;
  /** True when nobody waits for the rows any more. */
  readonly isStale: () => boolean;
}

/** How loading ended. */
export type Loaded<Row> =
  | ({ readonly kind: 'loaded' } & LoadedRows<Row>)
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'stale' };

/** Fetches the first rows as they are, and all of them packed where there are more: block by block. */
export async function loadRows<Row>(
  source: RowSource<Row>,
  { onFirst, onProgress, isStale }: Loading<Row>,
): Promise<Loaded<Row>> {
  const first = await source.rows(0, FIRST);
  if (isStale()) return { kind: 'stale' };
  if (!first.ok) return { kind: 'failed', error: first.error };
  onProgress(first.data.length);
  if (first.data.length < FIRST) return { kind: 'loaded', rows: first.data, blocks: [] };
  onFirst({ rows: first.data, blocks: [] });
  const blocks: RowBlock[] = [];
  const shared = createSharedText();
  for (let from = 0; blocks.length < MOST_BLOCKS; from += MOST_ROWS) {
    const result = await source.block(from, MOST_ROWS);
    if (isStale()) return { kind: 'stale' };
    if (!result.ok) return { kind: 'failed', error: result.error };
    blocks.push(withSharedWords(result.data, shared));
    onProgress(from + result.data.count);
    if (result.data.count < MOST_ROWS) return { kind: 'loaded', rows: blocks.flatMap(source.unpack), blocks };
  }
  return {
    kind: 'failed',
    error: { code: 'internal', message: `More than ${MOST_ROWS * MOST_BLOCKS} rows are too many to show.` },
  };
}

/** Fetches those blocks anew in which these rows are. The other rows stay the same ones. */
export async function loadChanged<Row>(
  source: RowSource<Row>,
  { rows, blocks }: LoadedRows<Row>,
  changed: readonly number[],
  isStale: () => boolean,
): Promise<Loaded<Row>> {
  const next = { rows: [...rows], blocks: [...blocks] };
  for (const place of new Set(changed.map((row) => Math.floor(row / MOST_ROWS)))) {
    const result = await source.block(place * MOST_ROWS, MOST_ROWS);
    if (isStale()) return { kind: 'stale' };
    if (!result.ok) return { kind: 'failed', error: result.error };
    next.blocks[place] = result.data;
    for (const [n, row] of source.unpack(result.data).entries()) next.rows[place * MOST_ROWS + n] = row;
  }
  return { kind: 'loaded', ...next };
}
