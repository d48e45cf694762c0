import { REGIONS, type RegionArea } from '../../../../shared/regions.ts';

const AREAS: readonly RegionArea[] = [
  'Americas',
  'Europe',
  'Middle East and Asia Pacific',
  'Government and sovereign',
];

/** Genesys' regions as groups of a select, by where they are. */
export const regionGroups = () =>
  AREAS.map((area) => ({
    label: area,
    options: REGIONS.filter((candidate) => candidate.area === area).map(({ id, place, host }) => ({
      value: id,
      label: `${place} – ${host}`,
    })),
  }));
