import type { AppError, Result } from '../../../shared/result.ts';

/** Rows a call: so few that taking them in never keeps the window from answering for long. */
const PAGE = 2_000;

/** Calls at most: a million rows, so that a wrong answer cannot keep the window asking. */
const MOST_PAGES = 500;

interface Loading<Row> {
  readonly fetchPage: (from: number, count: number) => Promise<Result<readonly Row[]>>;
  /** Told how many rows are here after each page. */
  readonly onProgress: (loaded: number) => void;
  /** True when nobody waits for the rows any more. */
  readonly isStale: () => boolean;
}

type Loaded<Row> =
  | { readonly kind: 'loaded'; readonly rows: readonly Row[] }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'stale' };

/** Fetches page after page until one comes that is not full. */
export async function loadPages<Row>({ fetchPage, onProgress, isStale }: Loading<Row>): Promise<Loaded<Row>> {
  const rows: Row[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const result = await fetchPage(page * PAGE, PAGE);
    if (isStale()) return { kind: 'stale' };
    if (!result.ok) return { kind: 'failed', error: result.error };
    for (const row of result.data) rows.push(row);
    onProgress(rows.length);
    if (result.data.length < PAGE) return { kind: 'loaded', rows };
  }
  return {
    kind: 'failed',
    error: { code: 'internal', message: `More than ${PAGE * MOST_PAGES} rows are too many to show.` },
  };
}
