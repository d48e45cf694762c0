import type { Clock } from '../clock.ts';
import type { Secret } from '../secrets/secret.ts';
import type { Hosts } from './hosts.ts';
import { createApiClient, type ApiClient } from './http.ts';
import { createPacer, DEFAULT_LIMIT_PER_MINUTE } from './pacing.ts';

export interface SingleToken {
  readonly hosts: Hosts;
  readonly token: Secret;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: () => number;
  /** For one request, ms. */
  readonly timeoutMs?: number;
}

/** A client for a token outside the session: never renewed, nobody signed out by its 401. */
export function singleTokenClient({ hosts, token, clock, ...rest }: SingleToken): ApiClient {
  return createApiClient({
    ...rest,
    clock,
    apiBase: hosts.apiBase,
    token: () => token,
    onSignedOut: () => Promise.resolve({ kind: 'ended' }),
    pacer: createPacer({ clock, limitPerMinute: DEFAULT_LIMIT_PER_MINUTE, share: 0.9 }),
  });
}
