import { findRegion, REGIONS, type ConnectionRegion } from '../../../shared/regions.ts';
import type { KeptRecord } from '../../../shared/triage.ts';
import type { ConsentDialog } from '../consent.ts';
import { counted, named, when } from './where.ts';

/** Hosts named one by one, at most: all regions there are. */
const MOST_HOSTS = REGIONS.length;

/** A host that the token would be sent to. */
export interface AskedPlace {
  readonly region: ConnectionRegion;
  readonly host: string;
}

const placeLine = ({ region, host }: AskedPlace): string => {
  if (region.kind === 'demo') return `${named(host)} (demo organization)`;
  if (region.kind === 'custom') return `${named(host)} (not one of Genesys Cloud’s own hosts)`;
  return `${named(host)} (${findRegion(region.id)?.place ?? region.id})`;
};

/** Before a leaked token is sent anywhere. */
export function askRegionsDialog(masked: string, places: readonly AskedPlace[]): ConsentDialog {
  const [only] = places;
  const single = places.length === 1 && only;
  return {
    message: `Send the token ${masked} to ${single ? named(single.host) : counted(places.length, 'host')}?`,
    detail: [
      ...places.slice(0, MOST_HOSTS).map((place) => `• ${placeLine(place)}`),
      'Each host is asked whether it accepts the token. Whoever runs a host can act with the token it gets.',
    ],
    button: single ? 'Send the token' : `Send to ${counted(places.length, 'host')}`,
  };
}

export interface TokenOwner {
  readonly masked: string;
  readonly host: string;
  readonly who: string;
  readonly organization: string;
  /** It is the token in use. */
  readonly own: boolean;
}

/** Before exactly that token is ended. */
export const revokeTokenDialog = ({ masked, host, who, organization, own }: TokenOwner): ConsentDialog => ({
  message: `Revoke the token ${masked} of ${named(who)}?`,
  detail: [
    `Organization: ${named(organization)}, at ${named(host)}`,
    'Whatever uses this token stops working at once. Other tokens of the same owner are not touched.',
    ...(own ? ['You are signed in with it: you are signed out here.'] : []),
    'This cannot be undone.',
  ],
  button: 'Revoke this token',
});

/** Before the record of a leaked token is deleted. */
export const deleteRecordDialog = ({ masked, who, organization, keptAt }: KeptRecord): ConsentDialog => ({
  message: `Delete the record of the leaked token ${masked}?`,
  detail: [
    `Kept ${when(keptAt)}${who === null ? '' : `: ${named(who)}, ${named(organization ?? 'unknown organization')}`}`,
    'It is the only evidence of it on this computer. This cannot be undone.',
  ],
  button: 'Delete the record',
});
