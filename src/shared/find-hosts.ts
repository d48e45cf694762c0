import { REGIONS } from './regions.ts';

/** A Genesys host that a text names. */
export interface NamedHost {
  readonly regionId: string;
  readonly at: number;
}

/** Most hosts that are looked at: a log can name one in every line. */
const MAX_HOSTS = 10_000;

const byHost = new Map(REGIONS.map(({ host, id }) => [host, id]));

/** The longest first: `mypurecloud.com.au` begins with another region's host. */
const HOSTS = new RegExp(
  [...byHost.keys()]
    .sort((a, b) => b.length - a.length)
    .map((host) => host.replaceAll('.', String.raw`\.`))
    .join('|'),
  'gi',
);

/** Pages about Genesys Cloud and addresses of mail: they are the same for every region. */
const NOT_OF_A_REGION =
  /(?:@(?!(?:api|login|apps)\.)(?:[a-z0-9-]{1,30}\.)?|(?<![a-z0-9-])(?:www|help|developer|community|status|support|know|beyond|appfoundry)\.)$/i;

/** `api.mypurecloud.de` and `mypurecloud.de`, never `notmypurecloud.de`, `mypurecloud.de.example.org` or `mypurecloud.de@example.org`. */
function isWhole(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 32), from);
  const after = text.slice(to, to + 2);
  return (
    !(/[A-Za-z0-9_-]$/.test(before) && !/%[0-9A-F]{2}$/i.test(before)) &&
    !NOT_OF_A_REGION.test(before) &&
    !/^(?:[A-Za-z0-9_@-]|\.[A-Za-z0-9])/.test(after)
  );
}

/** The hosts of Genesys Cloud's regions in a text, in its order. Linear: every alternative is a plain word. */
export function findHosts(text: string): readonly NamedHost[] {
  const found: NamedHost[] = [];
  for (const match of text.matchAll(HOSTS)) {
    const regionId = byHost.get(match[0].toLowerCase());
    if (regionId === undefined || !isWhole(text, match.index, match.index + match[0].length)) continue;
    found.push({ regionId, at: match.index });
    if (found.length >= MAX_HOSTS) break;
  }
  return found;
}

/** `GENESYSCLOUD_REGION=eu-central-1`, `PureCloudRegionHosts.eu_central_1`: how tools name a region without its host. */
const NAMES = new RegExp(
  String.raw`region[A-Za-z_]{0,20}["']?\s{0,3}[.:=]?\s{0,3}["']?(${REGIONS.map(({ id }) => id.replaceAll('-', '[-_]')).join('|')})(?![A-Za-z0-9_-])`,
  'gi',
);

/** The regions that a text names by what tools call them, in its order. Linear. */
export function findRegionNames(text: string): readonly NamedHost[] {
  const found: NamedHost[] = [];
  for (const match of text.matchAll(NAMES)) {
    found.push({ regionId: (match[1] ?? '').toLowerCase().replaceAll('_', '-'), at: match.index });
    if (found.length >= MAX_HOSTS) break;
  }
  return found;
}

/** The region of the first Genesys host in a text, an address for one; null when it names none. */
export const regionNamedIn = (text: string): string | null => findHosts(text)[0]?.regionId ?? null;

/** The region whose host stands nearest, on its line if that names one; null when there is none. */
export function nearestRegion(hosts: readonly NamedHost[], at: number, text: string): string | null {
  const from = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at);
  const onLine = hosts.filter((host) => host.at >= from && (end === -1 || host.at < end));
  let nearest: NamedHost | null = null;
  for (const host of onLine.length > 0 ? onLine : hosts)
    if (nearest === null || Math.abs(host.at - at) < Math.abs(nearest.at - at)) nearest = host;
  return nearest?.regionId ?? null;
}
