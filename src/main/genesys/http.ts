import { createFetch } from 'ofetch';
import type { z } from 'zod';
import type { SearchType } from '../api-limits.ts';
import type { Clock } from '../clock.ts';
import type { AppFailure } from '../failure.ts';
import {
  backoffMs,
  LONGEST_RETRY_AFTER_MS,
  MAX_ATTEMPTS,
  MAX_RATE_LIMITED,
  RETRY_AFTER_UNKNOWN_MS,
} from '../retry-policy.ts';
import { isSendable, type Secret } from '../secrets/secret.ts';
import { readAnswer } from './answer.ts';
import { REQUEST_TIMEOUT_MS, startDeadline } from './deadline.ts';
import { ApiError, isTooLong, NETWORK_FAILED, type CallPlace } from './errors.ts';
import {
  errorOfNetwork,
  networkFailureOf,
  troubleOf,
  type NetworkTrouble,
  type Sent,
} from './network-failure.ts';
import type { Pacer } from './pacing.ts';
import { createSearchRates } from './search-rates.ts';
import { apiUrl, type Query } from './url.ts';

/** One call of the API. `schema: null` says that the answer's body does not matter. */
export interface RequestSpec<T> {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** From `/api/v2` on. Never a whole address: that is how a token stays with its own host. */
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly schema: z.ZodType<T> | null;
  /** Where an answer is much smaller than a page of a listing, and reaches the window whole. */
  readonly maxBodyBytes?: number;
  /** True for a POST that only looks something up. GET and HEAD always are; a lost PUT or DELETE is the caller's to judge. */
  readonly repeatable?: boolean;
  /** A 401 is an answer like any other here: no renewal, nobody signed out. */
  readonly ignoreSignedOut?: boolean;
  /** For a search: the type of its criteria that is rated lowest. */
  readonly search?: SearchType;
  /** Only nice to know: the call gives up at the second 429, since the work can go on without. */
  readonly optional?: boolean;
  /** Called before each request that is really sent. */
  readonly onSend?: () => void;
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly correlationId: string | null;
  /**
   * When the call was sent by the server's clock, ms since 1970: the Date of the answer (RFC 9110, 6.6.1), which counts in
   * whole seconds, less the time it took; so never too late. Null for an answer without one.
   */
  readonly sentAt: number | null;
  readonly body: T;
}

/** What came of a token that the API no longer takes. */
export type Renewal =
  | { readonly kind: 'renewed' }
  /** Only the person can sign in again. */
  | { readonly kind: 'ended' }
  /** The login host does not answer now, or not with a token; the same call may get one later. */
  | { readonly kind: 'not-now'; readonly error: AppFailure };

/** One request, and every way it can end. */
export type Attempt<T> =
  | { readonly kind: 'answered'; readonly answer: ApiAnswer<T> }
  /** A status outside 2xx. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly correlationId: string | null;
      readonly retryAfterMs: number | null;
      /** Only with a 401: a new token is there, so trying again makes sense. */
      readonly renewed: boolean;
      readonly error: ApiError;
    }
  /** The server may have acted or not, as far as `sent` says; or something in between answered. */
  | {
      readonly kind: 'no-answer';
      readonly trouble: NetworkTrouble;
      readonly sent: Sent;
      readonly error: ApiError;
    }
  /** An answer that the API would not give. `mayPass`: it was broken on its way, and the next one may be whole. */
  | {
      readonly kind: 'unusable';
      readonly status: number | null;
      readonly mayPass: boolean;
      readonly error: ApiError;
    };

export interface ApiClient {
  /**
   * Passes the gate, sends, and tries again where that can help: 429 (as told, for everyone), no answer or a broken one,
   * 408, 5xx and 400 `client.failed.request`, which the vendor describes as a failure of its network.
   * @throws ApiError when it fails for good; the signal's reason when aborted.
   */
  request<T>(spec: RequestSpec<T>, signal: AbortSignal): Promise<ApiAnswer<T>>;
  /** Exactly one request, without the gate. @throws only the signal's reason when aborted. */
  sendOnce<T>(spec: RequestSpec<T>, signal: AbortSignal): Promise<Attempt<T>>;
  readonly pacer: Pacer;
}

export interface ApiClientOptions {
  /** Checked by hosts.ts; no slash at the end. */
  readonly apiBase: string;
  /** The token to send now. */
  readonly token: () => Secret;
  /**
   * The API answered 401 to `used`. Resolves to whether there is a newer token to try. Called once per 401; many calls
   * in flight can report the same token.
   */
  readonly onSignedOut: (used: Secret, signal: AbortSignal) => Promise<Renewal>;
  /** Electron's `net.fetch` in the app: it knows the system's proxy and certificates. */
  readonly fetch: typeof globalThis.fetch;
  readonly pacer: Pacer;
  readonly clock: Clock;
  /** 0 to below 1. */
  readonly random: () => number;
  /** For one request with its whole answer, ms. */
  readonly timeoutMs?: number;
  readonly maxBodyBytes?: number;
}

const DEFAULT_MAX_BODY_BYTES = 20_000_000;

const NEED_A_PERSON: ReadonlySet<NetworkTrouble> = new Set(['proxy-sign-in', 'not-trusted', 'portal']);

/** Trying again would not help. A foreign refusal with a status may pass. */
const isInVain = ({ trouble, error }: Extract<Attempt<unknown>, { kind: 'no-answer' }>): boolean =>
  (NEED_A_PERSON.has(trouble) && error.error.details?.status === undefined) ||
  isTooLong(error.error.details?.status);

/** A client for one connection's API host. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { pacer, clock, random } = options;
  const searchRates = createSearchRates(clock);
  const sendOnce = createSender(options);

  async function request<T>(spec: RequestSpec<T>, signal: AbortSignal): Promise<ApiAnswer<T>> {
    const repeatable = spec.method === 'GET' || spec.method === 'HEAD' || spec.repeatable === true;
    let attempts = 0;
    let rateLimited = 0;
    let renewed = false;
    for (;;) {
      if (spec.search) await searchRates.acquire(spec.search, signal);
      await pacer.acquire(signal, 'look-up');
      const attempt = await sendOnce(spec, signal);
      if (attempt.kind === 'answered') return attempt.answer;
      if (attempt.kind === 'refused' && attempt.status === 429) {
        // Not processed, so also a PUT may be sent again; and it is no fault of the call, so no attempt is counted.
        const told = attempt.retryAfterMs ?? 0;
        const wait = told > 0 ? told : RETRY_AFTER_UNKNOWN_MS;
        rateLimited += 1;
        const most = spec.optional ? 1 : MAX_RATE_LIMITED;
        if (wait > LONGEST_RETRY_AFTER_MS || rateLimited > most) throw attempt.error;
        pacer.closeFor(wait);
        continue;
      }
      rateLimited = 0;
      if (attempt.kind === 'refused' && attempt.renewed && !renewed) {
        renewed = true;
        continue;
      }
      attempts += 1;
      if (!repeatable || !mayPass(attempt) || attempts >= MAX_ATTEMPTS) throw attempt.error;
      await clock.sleep(backoffMs(attempts, random), signal);
    }
  }

  return { request, sendOnce, pacer };
}

/** Whether the same call may get another answer in a moment. */
const mayPass = (attempt: Exclude<Attempt<unknown>, { kind: 'answered' }>): boolean => {
  if (attempt.kind === 'unusable') return attempt.mayPass;
  if (attempt.kind === 'no-answer') return !isInVain(attempt);
  const { status, error } = attempt;
  const isOfTheirNetwork = error.error.details?.apiCode === NETWORK_FAILED;
  return status === 408 || isOfTheirNetwork || (status >= 500 && status !== 501);
};

/** @returns what sends one request, without the gate, and reads its answer. */
function createSender({
  apiBase,
  token,
  onSignedOut,
  clock,
  timeoutMs = REQUEST_TIMEOUT_MS,
  maxBodyBytes = DEFAULT_MAX_BODY_BYTES,
  fetch,
}: ApiClientOptions): ApiClient['sendOnce'] {
  const ofetch = createFetch({ fetch });
  return async (spec, signal) => {
    signal.throwIfAborted();
    const { method, path } = spec;
    const place: CallPlace = { method, path };
    const used = token();
    if (!isSendable(used)) throw new Error('The token cannot stand in a header.');
    const url = apiUrl(apiBase, path, spec.query);
    const deadline = startDeadline(signal, timeoutMs);
    try {
      spec.onSend?.();
      const sent = clock.monotonic();
      const response = await ofetch.raw(url, { ...requestOf(spec, used), signal: deadline.signal });
      const attempt = await readAnswer(spec, response, {
        maxBodyBytes: spec.maxBodyBytes ?? maxBodyBytes,
        now: clock.now(),
        tookMs: clock.monotonic() - sent,
        token: used,
      });
      if (attempt.kind !== 'refused' || !isSignedOut(attempt) || spec.ignoreSignedOut) return attempt;
      const renewal = await onSignedOut(used, signal);
      return renewal.kind === 'not-now'
        ? withoutToken(renewal.error)
        : { ...attempt, renewed: renewal.kind === 'renewed' };
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.timedOut) {
        const message = `There was no answer within ${timeoutMs / 1000} seconds.`;
        const timedOut = errorOfNetwork(place, { kind: 'timed-out', message });
        return { kind: 'no-answer', trouble: 'timed-out', sent: 'maybe', error: timedOut };
      }
      const failure = networkFailureOf(error);
      const { kind: trouble, sent } = failure;
      return { kind: 'no-answer', trouble, sent, error: errorOfNetwork(place, failure) };
    } finally {
      deadline.end();
    }
  };
}

/** The 401 is forgotten: nothing was done, and what stands in the way of the login host is in the way of the call. */
const withoutToken = ({ error }: AppFailure): Attempt<never> => ({
  kind: 'no-answer',
  trouble: troubleOf(error.code),
  sent: 'no',
  error: new ApiError(error),
});

const requestOf = ({ method, body }: RequestSpec<unknown>, token: Secret) =>
  ({
    method,
    headers: {
      authorization: `Bearer ${token.reveal()}`,
      accept: 'application/json',
      'cache-control': 'no-cache',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    // A redirect would take the token along; it is an answer like any other, and a wrong one.
    redirect: 'manual',
    // Electron's net.fetch would send the session's cookies otherwise.
    credentials: 'omit',
    retry: false,
    ignoreResponseError: true,
    // ofetch gives malformed JSON back as a string, so the body is read and parsed here.
    responseType: 'stream',
  }) as const;

/** A 401 because of the address of this computer says nothing about the token. */
export const isSignedOut = ({ status, error }: { status: number; error: ApiError }): boolean =>
  status === 401 && error.error.code !== 'ip-not-allowed';
