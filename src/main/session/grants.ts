import type { Connection, SignInMethod, SignInRequest } from '../../shared/connection.ts';
import type { ConnectionRegion } from '../../shared/regions.ts';
import type { Clock } from '../clock.ts';
import { failure, reasonOf } from '../failure.ts';
import { checkedHosts, hostsOf, type Hosts } from '../genesys/hosts.ts';
import { refuseLocalNames, type LookUp } from '../genesys/resolved-host.ts';
import type { GrantedToken } from '../genesys/login-host.ts';
import { requestClientCredentials } from '../genesys/oauth.ts';
import { createSecret, type Secret } from '../secrets/secret.ts';
import type { SecretKind } from '../secrets/store.ts';
import { signInByBrowser } from './browser-sign-in.ts';
import { readSecret } from './read-secret.ts';

/** The demo organisation when it runs: where it is, and a live token of its administrator. */
export interface RunningDemo {
  readonly apiBase: string;
  readonly loginBase: string;
  readonly token: string;
  readonly expiresInSeconds: number;
}

export interface GrantDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly startDemo: () => Promise<RunningDemo>;
  readonly readClipboard: () => Promise<string>;
  /** Shows an address of that login host in the system browser. @throws when it cannot */
  readonly openBrowser: (address: string, loginBase: string) => Promise<void>;
  /** How long the browser may take, ms. */
  readonly browserLimitMs: number;
  /** For tests: every region leads there. Null in a packaged app. */
  readonly hostOverride: { readonly apiBase: string; readonly loginBase: string } | null;
  readonly lookUp: LookUp;
}

interface SecretToKeep {
  readonly kind: SecretKind;
  readonly value: Secret;
}

/** Everything that signing in needs, whichever grant a person takes. */
export interface Grant {
  readonly method: SignInMethod;
  readonly region: ConnectionRegion;
  readonly clientId: string | null;
  readonly hosts: Hosts;
  /** What to keep for the next time, once a token is granted; null where nothing is needed. */
  toKeep(granted: GrantedToken): SecretToKeep | null;
  /** Whether `request` can be called again without the person. */
  readonly renewable: boolean;
  request(signal: AbortSignal): Promise<GrantedToken>;
}

/** The grant that a person asks for. @throws AppFailure `invalid-input`, `demo-failed` */
export async function grantFor(request: SignInRequest, deps: GrantDeps): Promise<Grant> {
  switch (request.method) {
    case 'demo':
      return demo(deps);
    case 'client-credentials': {
      const clientId = checkedClientId(request.clientId);
      const secret = await readSecret(request.clientSecret, 'client secret', deps.readClipboard);
      return clientCredentials(request.region, clientId, secret, deps);
    }
    case 'access-token': {
      const token = await readSecret(request.token, 'access token', deps.readClipboard);
      return accessToken(request.region, { token, expiresInSeconds: null }, deps);
    }
    case 'pkce':
      return browser(request, checkedClientId(request.clientId), deps);
  }
}

/** The grant made again from what was kept. `findSecret` is asked only where a secret is needed. @throws AppFailure */
export async function storedGrant(
  connection: Connection,
  findSecret: (kind: SecretKind) => Promise<Secret>,
  deps: GrantDeps,
): Promise<Grant> {
  switch (connection.method) {
    case 'demo':
      return demo(deps);
    case 'client-credentials':
      return clientCredentials(
        connection.region,
        checkedClientId(connection.clientId ?? ''),
        await findSecret('client-secret'),
        deps,
      );
    case 'pkce':
    case 'access-token': {
      const token = await findSecret('access-token');
      const expiresInSeconds = secondsUntil(connection.tokenExpiresAt, deps.clock);
      const grant = await accessToken(connection.region, { token, expiresInSeconds }, deps);
      return { ...grant, method: connection.method, clientId: connection.clientId };
    }
  }
}

async function demo({ startDemo }: GrantDeps): Promise<Grant> {
  const running = await runningDemo(startDemo);
  const { token, expiresInSeconds } = running;
  return {
    method: 'demo',
    region: { kind: 'demo' },
    clientId: null,
    hosts: hostsOfDemo(running),
    toKeep: () => null,
    renewable: false,
    request: () => Promise.resolve({ token: createSecret(token), expiresInSeconds }),
  };
}

/** Where the demo organisation is; it is started when it does not run yet. @throws AppFailure `demo-failed` */
export const demoHosts = async (startDemo: GrantDeps['startDemo']): Promise<Hosts> =>
  hostsOfDemo(await runningDemo(startDemo));

const hostsOfDemo = ({ apiBase, loginBase }: RunningDemo): Hosts =>
  checkedHosts({ apiBase, loginBase, allowLoopbackHttp: true });

const runningDemo = (startDemo: GrantDeps['startDemo']): Promise<RunningDemo> =>
  startDemo().catch((error: unknown) => {
    throw failure('demo-failed', reasonOf(error));
  });

/** The hosts of a region, and for custom ones where their names lead. @throws AppFailure `invalid-input` */
export async function reachedHosts(
  region: ConnectionRegion,
  { hostOverride, lookUp, clock }: Pick<GrantDeps, 'hostOverride' | 'lookUp' | 'clock'>,
): Promise<Hosts> {
  const hosts = hostsOf(region, { override: hostOverride });
  if (region.kind === 'custom' && hostOverride === null) await refuseLocalNames(hosts, lookUp, clock);
  return hosts;
}

async function clientCredentials(
  region: ConnectionRegion,
  clientId: string,
  clientSecret: Secret,
  deps: GrantDeps,
): Promise<Grant> {
  const { fetch } = deps;
  const hosts = await reachedHosts(region, deps);
  return {
    method: 'client-credentials',
    region,
    clientId,
    hosts,
    toKeep: () => ({ kind: 'client-secret', value: clientSecret }),
    renewable: true,
    request: (signal) => requestClientCredentials({ hosts, clientId, clientSecret, fetch }, signal),
  };
}

async function accessToken(region: ConnectionRegion, granted: GrantedToken, deps: GrantDeps): Promise<Grant> {
  return {
    method: 'access-token',
    region,
    clientId: null,
    hosts: await reachedHosts(region, deps),
    toKeep: () => ({ kind: 'access-token', value: granted.token }),
    renewable: false,
    request: () => Promise.resolve(granted),
  };
}

/** The token itself is what is kept: a public client gets nothing to renew it with. */
async function browser(
  { region, promptLogin, sso }: Extract<SignInRequest, { method: 'pkce' }>,
  clientId: string,
  deps: GrantDeps,
): Promise<Grant> {
  const { fetch, clock, browserLimitMs: limitMs, openBrowser } = deps;
  const hosts = await reachedHosts(region, deps);
  const wishes = { promptLogin, sso };
  return {
    method: 'pkce',
    region,
    clientId,
    hosts,
    toKeep: ({ token }) => ({ kind: 'access-token', value: token }),
    renewable: false,
    request: (signal) =>
      signInByBrowser({ hosts, clientId, fetch, wishes, clock, limitMs, openBrowser }, signal),
  };
}

/** Null when it is not known; 0 when it is over, so that the token's 401 is no surprise. */
const secondsUntil = (iso: string | undefined, clock: Clock): number | null =>
  iso === undefined ? null : Math.max(0, (Date.parse(iso) - clock.now()) / 1000);

/** A client id goes into a header before a colon (RFC 7617). */
function checkedClientId(text: string): string {
  const clientId = text.trim();
  if (/^[\x21-\x39\x3b-\x7e]{1,200}$/.test(clientId)) return clientId;
  throw failure('invalid-input', 'This is not the id of an OAuth client.');
}
