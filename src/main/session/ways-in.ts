import type { Connection, SignInMethod, SignInRequest } from '../../shared/connection.ts';
import type { ConnectionRegion } from '../../shared/regions.ts';
import { AppFailure } from '../failure.ts';
import { checkedHosts, hostsOf, type Hosts } from '../genesys/hosts.ts';
import { requestClientCredentials, type GrantedToken } from '../genesys/oauth.ts';
import { createSecret, type Secret } from '../secrets/secret.ts';
import type { SecretKind } from '../secrets/store.ts';
import { takeSecret } from './typed-secret.ts';

/** The demo organisation when it runs: where it is, and a live token of its administrator. */
export interface RunningDemo {
  readonly apiBase: string;
  readonly loginBase: string;
  readonly token: string;
  readonly expiresInSeconds: number;
}

export interface WayInDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly startDemo: () => Promise<RunningDemo>;
  readonly readClipboard: () => Promise<string>;
  /** For tests: every region leads there. Null in a packaged app. */
  readonly hostOverride: { readonly apiBase: string; readonly loginBase: string } | null;
}

/** Everything that signing in needs, whichever way a person takes. */
export interface WayIn {
  readonly method: SignInMethod;
  readonly region: ConnectionRegion;
  readonly clientId: string | null;
  readonly hosts: Hosts;
  /** What to keep for the next time; null where nothing is needed. */
  readonly secret: { readonly kind: SecretKind; readonly value: Secret } | null;
  /** Whether `grant` can be called again without the person. */
  readonly renewable: boolean;
  grant(signal: AbortSignal): Promise<GrantedToken>;
}

/** The way in that a person asks for. @throws AppFailure `invalid-input`, `demo-failed` */
export async function wayInOf(request: SignInRequest, deps: WayInDeps): Promise<WayIn> {
  switch (request.method) {
    case 'demo':
      return demo(deps);
    case 'client-credentials': {
      const clientId = checkedClientId(request.clientId);
      const secret = await takeSecret(request.clientSecret, 'client secret', deps.readClipboard);
      return clientCredentials(request.region, clientId, secret, deps);
    }
    case 'access-token':
      return accessToken(
        request.region,
        await takeSecret(request.token, 'access token', deps.readClipboard),
        deps,
      );
  }
}

/** The way back in with what was kept. `findSecret` is asked only where a secret is needed. @throws AppFailure */
export async function wayBackOf(
  connection: Connection,
  findSecret: (kind: SecretKind) => Promise<Secret>,
  deps: WayInDeps,
): Promise<WayIn> {
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
      const way = accessToken(connection.region, await findSecret('access-token'), deps);
      return { ...way, method: connection.method, clientId: connection.clientId };
    }
  }
}

async function demo({ startDemo }: WayInDeps): Promise<WayIn> {
  const running = await startDemo().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : 'The demo organisation did not start.';
    throw new AppFailure({ code: 'demo-failed', message });
  });
  const { apiBase, loginBase, token, expiresInSeconds } = running;
  return {
    method: 'demo',
    region: { kind: 'demo' },
    clientId: null,
    hosts: checkedHosts({ apiBase, loginBase, allowLoopbackHttp: true }),
    secret: null,
    renewable: false,
    grant: () => Promise.resolve({ token: createSecret(token), expiresInSeconds }),
  };
}

function clientCredentials(
  region: ConnectionRegion,
  clientId: string,
  clientSecret: Secret,
  { fetch, hostOverride }: WayInDeps,
): WayIn {
  const hosts = hostsOf(region, { override: hostOverride });
  return {
    method: 'client-credentials',
    region,
    clientId,
    hosts,
    secret: { kind: 'client-secret', value: clientSecret },
    renewable: true,
    grant: (signal) => requestClientCredentials({ hosts, clientId, clientSecret, fetch }, signal),
  };
}

function accessToken(region: ConnectionRegion, token: Secret, { hostOverride }: WayInDeps): WayIn {
  return {
    method: 'access-token',
    region,
    clientId: null,
    hosts: hostsOf(region, { override: hostOverride }),
    secret: { kind: 'access-token', value: token },
    renewable: false,
    grant: () => Promise.resolve({ token, expiresInSeconds: null }),
  };
}

/** A client id goes into a header before a colon (RFC 7617). */
function checkedClientId(text: string): string {
  const clientId = text.trim();
  if (/^[\x21-\x39\x3b-\x7e]{1,200}$/.test(clientId)) return clientId;
  throw new AppFailure({ code: 'invalid-input', message: 'This is not the id of an OAuth client.' });
}
