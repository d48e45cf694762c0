import { failure } from '../failure.ts';
import type { OnPage } from '../revocation/ports.ts';

/** One page of a listing. Counts are null where the answer has none. */
export interface ListingPage<T> {
  readonly items: readonly T[];
  readonly total: number | null;
  readonly pageCount: number | null;
}

interface Options<T> {
  readonly fetchPage: (pageNumber: number) => Promise<ListingPage<T>>;
  readonly onPage: OnPage;
  /** Looks at the first page's total, and throws when it is known already that the rest cannot be read. */
  readonly checkTotal?: (total: number) => void;
}

/** 500,000 users by pages of 500; more than any listing of the API is known to give. */
const MAX_PAGES = 5_000;

/** Pages asked for at once, so that latency does not add up; the gate stays the limit. */
const AT_ONCE = 4;

/** How often a listing is read from the start when it changed meanwhile. */
const READINGS = 3;

/**
 * All items of a listing, each once. A listing that changes while it is read could skip somebody, so its totals must
 * agree: it is read again, and fails when it never holds still.
 * @throws AppFailure `directory-changed`, and what the pages throw.
 */
export async function readPages<T extends { readonly id: string }>(
  options: Options<T>,
): Promise<readonly T[]> {
  for (let reading = 1; reading <= READINGS; reading += 1) {
    const items = await readOnce(options);
    if (items) return items;
  }
  throw failure('directory-changed', `The listing changed each of the ${READINGS} times that it was read.`);
}

/** @returns null when the listing changed between its pages. */
async function readOnce<T extends { readonly id: string }>({
  fetchPage,
  onPage,
  checkTotal,
}: Options<T>): Promise<readonly T[] | null> {
  const first = await fetchPage(1);
  const { total } = first;
  if (total !== null) checkTotal?.(total);
  const pages: (readonly T[])[] = [first.items];
  let done = first.items.length;
  // Set by whichever page comes in, so its type must not narrow.
  let changed = false as boolean;
  onPage(done, total ?? done);

  const fetch = async (pageNumber: number): Promise<boolean> => {
    const page = await fetchPage(pageNumber);
    pages[pageNumber - 1] = page.items;
    changed ||= page.total !== total;
    done += page.items.length;
    onPage(done, total ?? done);
    return page.items.length > 0;
  };

  const count = first.pageCount;
  if (count !== null && count > MAX_PAGES) throw tooLong();
  let next = 2;
  const worker = async (): Promise<void> => {
    while (next <= (count ?? 1) && !changed) await fetch((next += 1) - 1);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, Math.max(0, (count ?? 1) - 1)) }, worker));
  if (count === null && first.items.length > 0) {
    while (await fetch(next)) if ((next += 1) > MAX_PAGES) throw tooLong();
  }

  const items = new Map(pages.flat().map((item) => [item.id, item]));
  return changed || (total !== null && items.size !== total) ? null : [...items.values()];
}

const tooLong = () => failure('too-many-users', `The listing has more than ${MAX_PAGES} pages.`);
