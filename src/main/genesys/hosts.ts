import type { ConnectionRegion } from '../../shared/regions.ts';
import { findRegion, REGIONS } from '../../shared/regions.ts';
import { failure } from '../failure.ts';
import { isPublicHost } from './public-host.ts';

/** Where a connection's API and login are. Bases have no slash at the end. */
export interface Hosts {
  readonly apiBase: string;
  readonly loginBase: string;
  /** True only for the demo organisation and tests, which are on this computer: plain http to loopback. */
  readonly allowLoopbackHttp: boolean;
}

interface HostOptions {
  /** For tests: every region leads there. The composition root gives it only when the app is not packaged. */
  readonly override?: { readonly apiBase: string; readonly loginBase: string } | null;
}

/**
 * The hosts of a region. The demo organisation has none of its own: it says at its start where it is.
 * @throws AppFailure `invalid-input` for an unknown region, or custom hosts that must not get a secret; with an override
 *   too, so that it is the same rule everywhere, but for hosts on this computer.
 */
export function hostsOf(region: ConnectionRegion, { override = null }: HostOptions = {}): Hosts {
  const own = ownHostsOf(region, override !== null);
  return override ? checkedHosts({ ...override, allowLoopbackHttp: true }) : own;
}

/** What a region stands for, whatever a test puts in its place: what a person agrees to, and a secret is kept with. */
export function ownHostsOf(region: ConnectionRegion, allowLocal = false): Hosts {
  switch (region.kind) {
    case 'genesys': {
      const found = findRegion(region.id);
      if (!found) throw failure('invalid-input', 'There is no such region.');
      return {
        apiBase: `https://api.${found.host}`,
        loginBase: `https://login.${found.host}`,
        allowLoopbackHttp: false,
      };
    }
    case 'custom': {
      const { apiBase, loginBase } = region;
      const hosts = checkedHosts({ apiBase, loginBase, allowLoopbackHttp: false });
      refuseLocal(hosts, allowLocal);
      refuseMixed(hosts);
      return hosts;
    }
    case 'demo':
      throw failure('invalid-input', 'The demo organisation has to be started first.');
  }
}

function refuseLocal({ apiBase, loginBase }: Hosts, allowed: boolean): void {
  for (const { hostname } of [new URL(apiBase), new URL(loginBase)]) {
    if (!allowed && !isPublicHost(hostname))
      throw failure(
        'invalid-input',
        'A custom host must be on the public internet, not on this computer or in a private network.',
      );
  }
}

/** Domains of Genesys Cloud: those of the regions, and those under which new regions appear. */
const GENESYS_DOMAINS: readonly string[] = [
  ...REGIONS.map(({ host }) => host),
  'mypurecloud.com',
  'pure.cloud',
  'us-gov-pure.cloud',
  'eusc-pure.cloud',
  'genesys.cloud',
  'inindca.com',
];

const isGenesys = (hostname: string): boolean => {
  let name = hostname;
  while (name.endsWith('.')) name = name.slice(0, -1);
  return GENESYS_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`));
};

/** A login page of Genesys Cloud that people trust must not stand in front of somebody else's API, nor the other way. */
function refuseMixed({ apiBase, loginBase }: Hosts): void {
  const api = new URL(apiBase);
  const login = new URL(loginBase);
  if (!isGenesys(api.hostname) && !isGenesys(login.hostname)) return;
  const region = login.host.startsWith('login.') ? login.host.slice('login.'.length) : null;
  if (region !== null && api.host === `api.${region}`) return;
  throw failure(
    'invalid-input',
    'A login host of Genesys Cloud goes with its own API host and no other: login.<region> with api.<region>.',
  );
}

/** Checks both addresses and takes the slash off their ends. @throws AppFailure `invalid-input` */
export function checkedHosts(hosts: Hosts): Hosts {
  const { allowLoopbackHttp } = hosts;
  return {
    apiBase: checkedBase(hosts.apiBase, allowLoopbackHttp),
    loginBase: checkedBase(hosts.loginBase, allowLoopbackHttp),
    allowLoopbackHttp,
  };
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * An address to which a secret may be sent: https, or http on this computer where that is allowed; a path is fine
 * (an API gateway), a user name, query or fragment is not.
 */
function checkedBase(base: string, allowLoopbackHttp: boolean): string {
  const url = URL.canParse(base) ? new URL(base) : null;
  if (!url) throw failure('invalid-input', 'This is not an address.');
  const secure =
    url.protocol === 'https:' ||
    (allowLoopbackHttp && url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!secure) throw failure('invalid-input', `"${url.origin}" is not an https address.`);
  if (url.username || url.password || url.search || url.hash) {
    throw failure('invalid-input', 'An address must not have a user name, a query or a fragment.');
  }
  let checked = `${url.origin}${url.pathname}`;
  while (checked.endsWith('/')) checked = checked.slice(0, -1);
  return checked;
}
