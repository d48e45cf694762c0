import type { ListingDifference } from '../../../shared/plan.ts';
import { formatNumber } from './format.ts';

/** Of a set that Genesys Cloud counts otherwise than it shows. */
export const countsAndShows = (counted: number, shown: number): string =>
  `Genesys Cloud counts ${formatNumber(counted)} and shows ${formatNumber(shown)}`;

/** A sentence for the review of a plan. */
export const differenceText = ({ what, counted, shown }: ListingDifference): string =>
  counted === null
    ? `${what} was another list each time that it was read; whoever was in it is protected.`
    : `${what}: ${countsAndShows(counted, shown)}.`;

/** What stands below a list to choose from; nothing where all of it is shown. @param total null where it was not told. */
export function moreText(shown: number, total: number | null, most: number): string {
  if (total === null) return shown >= most ? 'There may be more. Type more of the name.' : '';
  return total > shown ? `${formatNumber(total - shown)} more. Type more of the name.` : '';
}
