import type { ConnectionRegion } from '../../shared/regions.ts';
import { findRegion } from '../../shared/regions.ts';
import { AppFailure } from '../failure.ts';

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
 * @throws AppFailure `invalid-input` for an unknown region or a custom address that is not plain https.
 */
export function hostsOf(region: ConnectionRegion, { override = null }: HostOptions = {}): Hosts {
  if (override) return checkedHosts({ ...override, allowLoopbackHttp: true });
  switch (region.kind) {
    case 'genesys': {
      const found = findRegion(region.id);
      if (!found) throw invalid(`There is no region "${region.id}".`);
      return {
        apiBase: `https://api.${found.host}`,
        loginBase: `https://login.${found.host}`,
        allowLoopbackHttp: false,
      };
    }
    case 'custom':
      return checkedHosts({
        apiBase: region.apiBase,
        loginBase: region.loginBase,
        allowLoopbackHttp: false,
      });
    case 'demo':
      throw invalid('The demo organisation has to be started first.');
  }
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
  if (!url) throw invalid(`"${base}" is not an address.`);
  const secure =
    url.protocol === 'https:' ||
    (allowLoopbackHttp && url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!secure) throw invalid(`"${url.origin}" is not an https address.`);
  if (url.username || url.password || url.search || url.hash) {
    throw invalid('An address must not have a user name, a query or a fragment.');
  }
  let checked = `${url.origin}${url.pathname}`;
  while (checked.endsWith('/')) checked = checked.slice(0, -1);
  return checked;
}

const invalid = (message: string): AppFailure => new AppFailure({ code: 'invalid-input', message });
