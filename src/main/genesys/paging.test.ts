import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from './errors.ts';
import { readListing, totalOf, type Page } from './paging.ts';

interface Item {
  readonly id: string;
}

const items = (from: number, to: number): Item[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, n) => ({ id: String(from + n) }));

/** Reads a listing whose pages the test gives, counting the calls. */
async function read(page: (pageNumber: number, call: number, pageSize: number) => Page<Item>, pageSize = 2) {
  let calls = 0;
  const listing = await readListing({
    pageSize,
    fetchPage: (pageNumber, size) => {
      calls += 1;
      return Promise.resolve(page(pageNumber, calls, size));
    },
  });
  return { listing, calls, ids: listing.items.map(({ id }) => Number(id)).sort((a, b) => a - b) };
}

describe('a listing', () => {
  it('that agrees with itself is read once, each item once', async () => {
    const { listing, calls } = await read((n) => ({
      items: items(n * 2, n * 2 + 2),
      total: 10,
      pageCount: 5,
    }));
    expect(listing.kind).toBe('whole');
    expect(listing.items).toHaveLength(10);
    expect(calls).toBe(5);
  });

  it('that changes while it is read is read again until it holds still', async () => {
    const { listing, calls } = await read((n, call) => ({
      items: items(n * 2, n * 2 + 2),
      total: call === 2 ? 5 : 4,
      pageCount: 2,
    }));
    expect(listing.kind).toBe('whole');
    expect(listing.items).toHaveLength(4);
    expect(calls).toBe(4);
  });

  it.each<[string, Item[], number]>([
    ['three and shows two', items(0, 2), 3],
    ['three and shows one twice', [...items(0, 2), ...items(1, 2)], 3],
    ['one and shows two', items(0, 2), 1],
  ])('that counts %s each time is taken, with what it counts', async (_what, shown, total) => {
    const { listing } = await read(() => ({ items: shown, total, pageCount: 1 }));
    expect(listing).toEqual({ kind: 'miscounted', items: items(0, 2), counted: total });
  });

  it('that is never the same has everybody who was in it, and says so', async () => {
    const { listing, ids } = await read((_n, call) => ({
      items: items(call, call + 2),
      total: 9,
      pageCount: 1,
    }));
    expect(listing.kind).toBe('unsteady');
    expect(ids).toEqual([1, 2, 3, 4]);
  });

  it('goes on behind an empty page, to its page count', async () => {
    const { ids } = await read((n) => ({ items: n === 2 ? [] : items(n, n + 1), total: 250, pageCount: 3 }));
    expect(ids).toEqual([1, 3]);
    const { listing } = await read(() => ({ items: items(0, 1), total: 250, pageCount: 1 }));
    expect(listing).toMatchObject({ kind: 'miscounted', counted: 250 });
  });

  it.each<[string, (n: number) => Page<Item>, number]>([
    [
      '5,000 pages, all on the first',
      (n) => ({ items: n === 1 ? items(0, 2) : [], total: 2, pageCount: 5_000 }),
      3,
    ],
    [
      '5,000 pages, all on the first, of many',
      (n) => ({ items: n === 1 ? items(0, 2) : [], total: 10_000, pageCount: 5_000 }),
      6,
    ],
    [
      '5,000 pages without a total',
      (n) => ({ items: n === 1 ? items(0, 2) : [], total: null, pageCount: 5_000 }),
      3,
    ],
    [
      'the same page for ever, without counts',
      () => ({ items: items(0, 2), total: null, pageCount: null }),
      2,
    ],
    ['the same page for ever', () => ({ items: items(0, 2), total: null, pageCount: 5_000 }), 3],
    ['nothing at all', () => ({ items: [], total: null, pageCount: 5_000 }), 2],
    ['what it counts, without pages', () => ({ items: items(0, 2), total: 2, pageCount: null }), 1],
  ])('of %s ends soon', async (_what, page, most) => {
    const { calls, ids } = await read(page);
    expect(calls).toBeLessThanOrEqual(most);
    expect(ids.length).toBeLessThanOrEqual(2);
  });

  it('without counts ends at the first empty page', async () => {
    const { ids, calls } = await read((n) => ({
      items: n > 3 ? [] : items(n * 2, n * 2 + 2),
      total: null,
      pageCount: null,
    }));
    expect(ids).toEqual([2, 3, 4, 5, 6, 7]);
    expect(calls).toBe(4);
  });

  it('whose first page is more than the total says has its other pages looked at', async () => {
    const { ids } = await read((n) => ({ items: items(n * 2, n * 2 + 2), total: 2, pageCount: 3 }));
    expect(ids).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('of more pages than any listing has is refused', async () => {
    await expect(read(() => ({ items: items(0, 1), total: 1e12, pageCount: 1e9 }))).rejects.toMatchObject({
      error: { code: 'too-many-users' },
    });
  });

  it('stops asking when a page fails', async () => {
    let calls = 0;
    const reading = readListing({
      pageSize: 1,
      fetchPage: (n) => {
        calls += 1;
        if (n === 3) return Promise.reject(new Error('down'));
        return Promise.resolve({ items: items(n, n + 1), total: 500, pageCount: 500 });
      },
    });
    await expect(reading).rejects.toThrow('down');
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toBeLessThan(12);
  });
});

const tooLarge = new ApiError({
  code: 'bad-request',
  message: 'too large',
  details: { apiCode: 'response.entity.too.large' },
});

describe('a page that is too large for the API', () => {
  /** Pages of an org in order; none larger than `most`. */
  const served = async (count: number, pageSize: number, most: number) => {
    const sizes: number[] = [];
    const listing = await readListing({
      pageSize,
      fetchPage: (n, size) => {
        sizes.push(size);
        if (size > most) return Promise.reject(tooLarge);
        const all = items(0, count);
        return Promise.resolve({
          items: all.slice((n - 1) * size, n * size),
          total: count,
          pageCount: Math.ceil(count / size),
        });
      },
    });
    return { listing, sizes };
  };

  it('is asked for in smaller ones, and those behind it too; nobody is skipped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1_300 }),
        fc.constantFrom(500, 100, 30, 1),
        fc.integer({ min: 1, max: 500 }),
        async (count, pageSize, most) => {
          const { listing, sizes } = await served(count, pageSize, most);
          expect(listing.kind).toBe('whole');
          expect(listing.items).toHaveLength(count);
          // A refusal each for the sizes on the way down, and for pages that were asked for at the same time.
          expect(sizes.filter((size) => size > most).length).toBeLessThanOrEqual(20);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of one item is an error', async () => {
    await expect(served(3, 4, 0)).rejects.toBe(tooLarge);
  });
});

it('a total counts what cannot be chosen, so what fits on one page is what is shown', () => {
  expect(totalOf(1, 0, 25)).toBe(0);
  expect(totalOf(25, 24, 25)).toBe(24);
  expect(totalOf(300, 24, 25)).toBe(300);
  expect(totalOf(null, 3, 25)).toBeNull();
});
