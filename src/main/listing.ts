import { failure } from './failure.ts';

/** A set as the API gives it, page by page. */
export type Listing<T> =
  | { readonly kind: 'whole'; readonly items: readonly T[] }
  /**
   * It counts another number than it shows (hidden or inactive members, somebody twice), and read a second time it is
   * the same: that is what there is.
   */
  | { readonly kind: 'miscounted'; readonly items: readonly T[]; readonly counted: number }
  /** No two readings were alike. `items` were in any of them. */
  | { readonly kind: 'unsteady'; readonly items: readonly T[] };

/**
 * What a listing has, where it could be read twice alike.
 * @throws AppFailure `directory-changed`
 */
export function steadyItems<T>(listing: Listing<T>): readonly T[] {
  if (listing.kind === 'unsteady')
    throw failure('directory-changed', 'The listing was another one each time that it was read.');
  return listing.items;
}

/** What it counts, where that is not what it shows. */
export const countedInstead = (listing: Listing<unknown>): number | null =>
  listing.kind === 'miscounted' ? listing.counted : null;

/** The same listing of something else. */
export const mapListing = <T, U>(listing: Listing<T>, to: (item: T) => U): Listing<U> => ({
  ...listing,
  items: listing.items.map(to),
});
