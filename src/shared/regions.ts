export type RegionArea = 'Americas' | 'Europe' | 'Middle East and Asia Pacific' | 'Government and sovereign';

export interface Region {
  /** AWS region, e.g. `eu-central-1`; what Genesys' own tools call the region. */
  readonly id: string;
  /** Base host: the API is at `api.<host>`, signing in at `login.<host>`. */
  readonly host: string;
  readonly place: string;
  readonly area: RegionArea;
}

const region = (id: string, host: string, place: string, area: RegionArea): Region => ({
  id,
  host,
  place,
  area,
});

/** The hosts in the official SDK's region table (purecloud-platform-client-v2, PureCloudRegionHosts). */
export const REGIONS: readonly Region[] = [
  region('us-east-1', 'mypurecloud.com', 'US East (N. Virginia)', 'Americas'),
  region('us-west-2', 'usw2.pure.cloud', 'US West (Oregon)', 'Americas'),
  region('ca-central-1', 'cac1.pure.cloud', 'Canada', 'Americas'),
  region('mx-central-1', 'mxc1.pure.cloud', 'Mexico', 'Americas'),
  region('sa-east-1', 'sae1.pure.cloud', 'São Paulo', 'Americas'),
  region('eu-west-1', 'mypurecloud.ie', 'Ireland', 'Europe'),
  region('eu-west-2', 'euw2.pure.cloud', 'London', 'Europe'),
  region('eu-central-1', 'mypurecloud.de', 'Frankfurt', 'Europe'),
  region('eu-central-2', 'euc2.pure.cloud', 'Zurich', 'Europe'),
  region('me-central-1', 'mec1.pure.cloud', 'UAE', 'Middle East and Asia Pacific'),
  region('ap-south-1', 'aps1.pure.cloud', 'Mumbai', 'Middle East and Asia Pacific'),
  region('ap-southeast-1', 'apse1.pure.cloud', 'Singapore', 'Middle East and Asia Pacific'),
  region('ap-southeast-2', 'mypurecloud.com.au', 'Sydney', 'Middle East and Asia Pacific'),
  region('ap-northeast-1', 'mypurecloud.jp', 'Tokyo', 'Middle East and Asia Pacific'),
  region('ap-northeast-2', 'apne2.pure.cloud', 'Seoul', 'Middle East and Asia Pacific'),
  region('ap-northeast-3', 'apne3.pure.cloud', 'Osaka', 'Middle East and Asia Pacific'),
  region('us-east-2', 'use2.us-gov-pure.cloud', 'US East (Ohio), FedRAMP', 'Government and sovereign'),
  region(
    'eusc-de-east-1',
    'edee1.eusc-pure.cloud',
    'European Sovereign Cloud (Germany)',
    'Government and sovereign',
  ),
];

/** Where a connection lives: one of the 18 regions, a custom https host, or the built-in demo organisation. */
export type ConnectionRegion =
  | { readonly kind: 'genesys'; readonly id: string }
  | { readonly kind: 'custom'; readonly apiBase: string; readonly loginBase: string }
  | { readonly kind: 'demo' };

/** @returns the region of that AWS name, or undefined. */
export const findRegion = (id: string): Region | undefined => REGIONS.find((r) => r.id === id);

/** Host of a region's API, as a person is asked to agree to it; undefined for an unknown region. */
export function apiHostOf(region: ConnectionRegion): string | undefined {
  switch (region.kind) {
    case 'genesys': {
      const found = findRegion(region.id);
      return found && `api.${found.host}`;
    }
    case 'custom':
      return URL.canParse(region.apiBase) ? new URL(region.apiBase).host : undefined;
    case 'demo':
      return 'localhost';
  }
}
