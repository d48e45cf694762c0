import { apiHostOf, type ConnectionRegion } from '../../../shared/regions.ts';

/** The hosts that are asked about those regions, as the person is asked to agree to them. */
export const hostsOfRegions = (regions: readonly ConnectionRegion[]): readonly string[] =>
  regions.flatMap((region) => apiHostOf(region) ?? []);
