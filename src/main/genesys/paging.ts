import { AppFailure, failure } from '../failure.ts';
import type { Listing } from '../listing.ts';
import type { OnPage } from '../revocation/ports.ts';

/** One page of a listing. Counts are null where the answer has none. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number | null;
  readonly pageCount: number | null;
}

type FetchPage<T> = (pageNumber: number, pageSize: number) => Promise<Page<T>>;

/** An answer of the API that is a page of a listing. */
export interface ListedPage<T> {
  readonly entities?: readonly T[] | null | undefined;
  readonly total?: number | null | undefined;
  readonly pageCount?: number | null | undefined;
}

/** Pages as the API lists them, each item as it is kept at once: an answer can be ten times as large. */
export const listedPages =
  <T, U>(
    ask: (query: { pageSize: number; pageNumber: number }) => Promise<ListedPage<T>>,
    toItem: (entity: T) => U,
  ): FetchPage<U> =>
  async (pageNumber, pageSize) => {
    const { entities, total, pageCount } = await ask({ pageSize, pageNumber });
    return { items: (entities ?? []).map(toItem), total: total ?? null, pageCount: pageCount ?? null };
  };

interface Options<T> {
  readonly fetchPage: FetchPage<T>;
  readonly pageSize: number;
  readonly onPage?: OnPage;
  /** Looks at the first page's total, and throws when it is known already that the rest cannot be read. */
  readonly checkTotal?: (total: number) => void;
}

/** 500,000 users by pages of 100; more than any listing of the API is known to give. */
const MAX_PAGES = 5_000;

/** Pages asked for at once, so that latency does not add up; the gate stays the limit. */
const AT_ONCE = 4;

/** How often a listing is read from the start when its counts and its items do not agree. */
const READINGS = 3;

/** Pages in a row that bring nothing new although more was promised: what follows them will not either. */
const MOST_MISSES = 2;

/** One pass through the pages. */
interface Reading<T> {
  readonly items: ReadonlyMap<string, T>;
  /** The largest that any page told. */
  readonly counted: number | null;
  readonly steady: boolean;
}

/**
 * Reads all pages of a listing, each item once. Somebody could be skipped when it changes meanwhile, so what it counts
 * must be what it shows; where it is not, it is read again, and two readings that are alike are taken for what there is.
 * @throws what the pages throw; AppFailure `too-many-users` beyond 5,000 pages.
 */
export async function readListing<T extends { readonly id: string }>(
  options: Options<T>,
): Promise<Listing<T>> {
  const fetchPage = inSmallerPages(options.fetchPage, options.pageSize);
  const readings: Reading<T>[] = [];
  while (readings.length < READINGS) {
    const reading = await readOnce({ ...options, fetchPage });
    const items = [...reading.items.values()];
    const { counted, steady } = reading;
    if (steady && (counted === null || counted === items.length)) return { kind: 'whole', items };
    if (readings.some((earlier) => isAlike(earlier, reading)))
      return counted === null || counted === items.length
        ? { kind: 'whole', items }
        : { kind: 'miscounted', items, counted };
    readings.push(reading);
  }
  const anywhere = new Map(readings.flatMap(({ items }) => [...items]));
  return { kind: 'unsteady', items: [...anywhere.values()] };
}

async function readOnce<T extends { readonly id: string }>({
  fetchPage,
  pageSize,
  onPage,
  checkTotal,
}: Options<T>): Promise<Reading<T>> {
  const items = new Map<string, T>();
  const totals = new Set<number | null>();
  let next = 1;
  let misses = 0;
  let failed = false;

  const read = async (): Promise<Page<T>> => {
    const pageNumber = next;
    next += 1;
    const page = await fetchPage(pageNumber, pageSize);
    const before = items.size;
    for (const item of page.items) items.set(item.id.toLowerCase(), item);
    misses = items.size === before ? misses + 1 : 0;
    totals.add(page.total);
    if (pageNumber === 1 && page.total !== null) checkTotal?.(page.total);
    onPage?.(items.size, page.total ?? items.size);
    return page;
  };

  const { total, pageCount } = await read();
  if (total !== null && total > MAX_PAGES * pageSize) throw tooLong();

  /** `pageCount` is where it ends; where that promises more than comes, or is missing, what came decides. */
  const isOver = (): boolean => {
    if (failed || (pageCount !== null && next > pageCount)) return true;
    const reached = total !== null && items.size >= total;
    if (reached && pageCount === null) return true;
    return misses >= (reached || pageCount === null ? 1 : MOST_MISSES);
  };
  const readOn = async (): Promise<void> => {
    try {
      while (!isOver()) {
        if (next > MAX_PAGES) throw tooLong();
        await read();
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  };

  // The second page alone: it shows whether the promised ones are there. Without their number each says if one follows.
  if (!isOver()) await read();
  while (misses > 0 && !isOver()) await read();
  await Promise.all(Array.from({ length: pageCount === null ? 1 : AT_ONCE }, readOn));

  const told = [...totals].filter((count) => count !== null);
  return { items, counted: told.length === 0 ? null : Math.max(...told), steady: totals.size === 1 };
}

const isAlike = <T>(a: Reading<T>, b: Reading<T>): boolean =>
  a.counted === b.counted &&
  a.items.size === b.items.size &&
  [...a.items.keys()].every((id) => b.items.has(id));

const tooLong = (): AppFailure => failure('too-many-users', `The listing has more than ${MAX_PAGES} pages.`);

/**
 * Asks for a page in smaller ones when the answer would be too large for the API (400 `response.entity.too.large` in the
 * vendor's description), and from then on. A page of 500 is five of 100, so none is skipped and none comes twice.
 */
function inSmallerPages<T>(fetchPage: FetchPage<T>, pageSize: number): FetchPage<T> {
  let largest = pageSize;
  const fetch: FetchPage<T> = async (pageNumber, size) => {
    if (size <= largest) {
      try {
        return await fetchPage(pageNumber, size);
      } catch (error) {
        if (size === 1 || !isTooLarge(error)) throw error;
        largest = Math.min(largest, size / smallestFactor(size));
      }
    }
    const parts = smallestFactor(size);
    const first = (pageNumber - 1) * parts + 1;
    const items: T[] = [];
    let total: number | null = null;
    let pageCount: number | null = null;
    for (let part = first; part < first + parts && part <= (pageCount ?? Infinity); part += 1) {
      const page: Page<T> = await fetch(part, size / parts);
      items.push(...page.items);
      ({ total, pageCount } = page);
    }
    return { items, total, pageCount: pageCount === null ? null : Math.ceil(pageCount / parts) };
  };
  return fetch;
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof AppFailure && error.error.details?.apiCode === 'response.entity.too.large';

/** A page divides without remainder into as many. */
const smallestFactor = (size: number): number => {
  for (let factor = 2; factor * factor <= size; factor += 1) if (size % factor === 0) return factor;
  return size;
};

/**
 * How many there are to choose from, where at most `size` are shown; null where the API did not tell. It also counts
 * what cannot be chosen (deleted, without an id), so what fits on one page is what is shown.
 */
export const totalOf = (told: number | null | undefined, shown: number, size: number): number | null =>
  typeof told !== 'number' ? null : told > size ? told : shown;
