import { type Clock, nowIso } from '../clock.ts';
import type { ErrorCode } from '../../shared/result.ts';
import { AppFailure, failure } from '../failure.ts';
import type { Hosts } from '../genesys/hosts.ts';
import { createApiClient, type ApiClient, type Renewal } from '../genesys/http.ts';
import type { GrantedToken } from '../genesys/login-host.ts';
import { createPacer, DEFAULT_LIMIT_PER_MINUTE, type MeteredPacer } from '../genesys/pacing.ts';
import { sameSecret, type Secret } from '../secrets/secret.ts';
import { renewalDelayMs, RENEWAL_RETRY_MS, RENEWAL_TRIES } from './renewal.ts';

export interface AuthorizedClientOptions {
  readonly hosts: Hosts;
  readonly granted: GrantedToken;
  /** Gets a new token without the person; null where only the person can. */
  readonly renew: ((signal: AbortSignal) => Promise<GrantedToken>) | null;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly rateShare: number;
  /** The token is dead and only the person can get another. Called at most once. */
  readonly onExpired: () => void;
  /** @param expiresAt ISO 8601 */
  readonly onRenewed: (expiresAt: string | null) => void;
  /** A call went out, or the API said to wait. */
  readonly onUse?: (() => void) | undefined;
}

/** Failures of the login host, or on the way to it, that say nothing about the client and its secret. */
const MAY_PASS: ReadonlySet<ErrorCode> = new Set([
  'offline',
  'timed-out',
  'proxy-sign-in',
  'not-trusted',
  'portal',
  'server-failed',
  'login-rate-limited',
]);

/** A token in use: the client that sends it, and its renewal. */
export interface AuthorizedClient {
  readonly client: ApiClient;
  readonly pacer: MeteredPacer;
  /** Whether that is the token in use now. */
  uses(token: Secret): boolean;
  /** ISO 8601; of the token in use now. */
  readonly expiresAt: string | null;
  /** Whether a new token is got in time without the person. */
  readonly renewsItself: boolean;
  /** Aborted when this access ends: nothing is renewed or reported after that. */
  readonly signal: AbortSignal;
  end(): void;
}

/**
 * Opens an access with a token just granted. Nothing is sent until the client is used.
 * Long: short functions over one token and its renewal, which are kept from everybody else.
 */
export function authorizeClient(options: AuthorizedClientOptions): AuthorizedClient {
  const { clock, renew } = options;
  const life = new AbortController();
  let granted = options.granted;
  let expiresAt = expiryOf(granted, clock);
  /** Whether the API has taken this token. One that it never took is not renewed, or a dead client would be asked for ever. */
  let taken = false;
  let renewing: Promise<Renewal> | null = null;
  let schedule = new AbortController();
  const hasEnded = (): boolean => life.signal.aborted;

  async function renewOnce(): Promise<Renewal> {
    if (!renew) return { kind: 'ended' };
    try {
      granted = await renew(life.signal);
      expiresAt = expiryOf(granted, clock);
      taken = false;
      plan();
      if (!hasEnded()) options.onRenewed(expiresAt);
      return { kind: 'renewed' };
    } catch (error) {
      return error instanceof AppFailure && MAY_PASS.has(error.error.code)
        ? { kind: 'not-now', error }
        : { kind: 'ended' };
    }
  }

  /** All who need a new token at the same time wait for the same one. */
  const renewShared = (): Promise<Renewal> =>
    (renewing ??= renewOnce().finally(() => {
      renewing = null;
    }));

  async function onSignedOut(used: Secret): Promise<Renewal> {
    if (hasEnded()) return { kind: 'ended' };
    if (used !== granted.token) return { kind: 'renewed' };
    const renewal: Renewal = taken ? await renewShared() : { kind: 'ended' };
    if (renewal.kind === 'ended' && !hasEnded()) {
      end();
      options.onExpired();
    }
    return renewal;
  }

  /** Renews in time, from the token in use now; replaces an earlier plan. */
  function plan(): void {
    schedule.abort();
    schedule = new AbortController();
    const delay = renewalDelayMs(granted.expiresInSeconds);
    if (renew && delay !== null && !hasEnded()) void renewLater(delay, schedule.signal);
  }

  async function renewLater(delay: number, signal: AbortSignal): Promise<void> {
    try {
      await clock.sleep(delay, signal);
      for (let tries = 0; tries < RENEWAL_TRIES; tries += 1) {
        // The old token may still be good; when it is not, its 401 says so.
        if ((await renewShared()).kind === 'renewed') return;
        await clock.sleep(RENEWAL_RETRY_MS, signal);
      }
    } catch {
      // The plan was replaced or the access has ended.
    }
  }

  function end(): void {
    life.abort(failure('cancelled', 'The session has ended.'));
    schedule.abort();
  }

  const pacer = createPacer({
    clock,
    limitPerMinute: DEFAULT_LIMIT_PER_MINUTE,
    share: options.rateShare,
    onUse: options.onUse,
  });
  const client = createApiClient({
    apiBase: options.hosts.apiBase,
    token: () => granted.token,
    onSignedOut,
    fetch: async (...request) => {
      const sent = granted.token;
      const response = await options.fetch(...request);
      if (response.ok && sent === granted.token) taken = true;
      return response;
    },
    pacer,
    clock,
    random: options.random,
  });
  plan();

  return {
    client,
    pacer,
    uses: (token) => sameSecret(token, granted.token),
    get expiresAt() {
      return expiresAt;
    },
    renewsItself: renew !== null,
    signal: life.signal,
    end,
  };
}

const expiryOf = ({ expiresInSeconds }: GrantedToken, clock: Clock): string | null =>
  expiresInSeconds === null ? null : nowIso(clock, Math.min(expiresInSeconds, MAX_LIFE_SECONDS) * 1000);

/** A year; the API's own maximum is two days. Keeps a nonsensical figure within what a date can hold. */
const MAX_LIFE_SECONDS = 31_536_000;
