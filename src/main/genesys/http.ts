import { createFetch } from 'ofetch';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Secret } from '../secrets/secret.ts';
import { readBody } from './body.ts';
import { startDeadline } from './deadline.ts';
import {
  errorOfAnswer,
  errorOfNetwork,
  networkFailureOf,
  unexpectedAnswer,
  type ApiError,
  type CallPlace,
} from './errors.ts';
import type { Pacer } from './pacing.ts';
import { retryAfterMs } from './retry-after.ts';
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
  /** True for a POST that only looks something up. GET and HEAD always are; a lost PUT or DELETE is the caller's to judge. */
  readonly repeatable?: boolean;
  /** A 401 is an answer like any other here: no renewal, nobody signed out. */
  readonly ignoreSignedOut?: boolean;
  /** Called before each request that is really sent. */
  readonly onSend?: () => void;
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly correlationId: string | null;
  readonly body: T;
}

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
  /** The server may have acted or not. `offline`: it was not reached, so it has not. */
  | { readonly kind: 'no-answer'; readonly offline: boolean; readonly error: ApiError }
  /** An answer that the API would not give; trying again would not help. */
  | { readonly kind: 'unusable'; readonly status: number | null; readonly error: ApiError };

export interface ApiClient {
  /**
   * Passes the gate, sends, and tries again where that can help: 429 (as told, for everyone), no answer, 408 and 5xx.
   * @throws ApiError when it fails for good; the signal's reason when aborted.
   */
  request<T>(spec: RequestSpec<T>, signal: AbortSignal): Promise<ApiAnswer<T>>;
  /** Exactly one request, without the gate. @throws only the signal's reason when aborted. */
  once<T>(spec: RequestSpec<T>, signal: AbortSignal): Promise<Attempt<T>>;
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
  readonly onSignedOut: (used: Secret, signal: AbortSignal) => Promise<boolean>;
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

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BODY_BYTES = 20_000_000;
/** The body of an answer nobody needs is read all the same, so that its connection can be used again. */
const UNNEEDED_BODY_BYTES = 65_536;

const MAX_ATTEMPTS = 5;
const MAX_RATE_LIMITED_IN_A_ROW = 20;
/** The official SDKs give up above this. */
const MAX_RETRY_AFTER_MS = 180_000;
/** For a 429 that does not say how long; the official Java SDK waits as long. */
const RETRY_AFTER_UNKNOWN_MS = 3_000;
const BACKOFF_BASE_MS = 500;
const BACKOFF_MAX_MS = 30_000;

/** A client for one connection's API host. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { apiBase, token, onSignedOut, pacer, clock, random } = options;
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
  const ofetch = createFetch({ fetch: options.fetch });

  async function once<T>(spec: RequestSpec<T>, signal: AbortSignal): Promise<Attempt<T>> {
    signal.throwIfAborted();
    const { method, path } = spec;
    const place: CallPlace = { method, path };
    const url = apiUrl(apiBase, path, spec.query);
    const used = token();
    const deadline = startDeadline(signal, timeoutMs);
    try {
      spec.onSend?.();
      const response = await ofetch.raw(url, {
        method,
        headers: {
          authorization: `Bearer ${used.reveal()}`,
          accept: 'application/json',
          'cache-control': 'no-cache',
          ...(spec.body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(spec.body !== undefined && { body: JSON.stringify(spec.body) }),
        signal: deadline.signal,
        // A redirect would take the token along; it is an answer like any other, and a wrong one.
        redirect: 'manual',
        // Electron's net.fetch would send the session's cookies otherwise.
        credentials: 'omit',
        retry: false,
        ignoreResponseError: true,
        // ofetch gives malformed JSON back as a string, so the body is read and parsed here.
        responseType: 'stream',
      });
      const attempt = await readAnswer(spec, place, response);
      if (attempt.kind !== 'refused' || !isSignedOut(attempt) || spec.ignoreSignedOut) return attempt;
      return { ...attempt, renewed: await onSignedOut(used, signal) };
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.timedOut) {
        const message = `There was no answer within ${timeoutMs / 1000} seconds.`;
        return {
          kind: 'no-answer',
          offline: false,
          error: errorOfNetwork(place, { kind: 'timed-out', message }),
        };
      }
      const failure = networkFailureOf(error);
      const apiError = errorOfNetwork(place, failure);
      if (failure.kind === 'not-trusted') return { kind: 'unusable', status: null, error: apiError };
      return { kind: 'no-answer', offline: failure.kind === 'unreachable', error: apiError };
    } finally {
      deadline.end();
    }
  }

  async function readAnswer<T>(
    { schema, method }: RequestSpec<T>,
    place: CallPlace,
    response: Response,
  ): Promise<Attempt<T>> {
    const { status } = response;
    const correlationId = response.headers.get('inin-correlation-id');
    const unusable = (message: string): Attempt<T> => ({
      kind: 'unusable',
      status,
      error: unexpectedAnswer(place, message, status, correlationId),
    });

    // 0 and `opaqueredirect` are how a browser's fetch shows a redirect that it did not follow.
    if (response.type === 'opaqueredirect' || status === 0 || (status >= 300 && status < 400)) {
      await response.body?.cancel();
      return unusable('The server tried to redirect the call, which was not followed.');
    }
    const succeeded = status >= 200 && status < 300;
    if (succeeded && isWebPage(response)) {
      await response.body?.cancel();
      return unusable('The answer is a web page, as from a proxy or a sign-in page in between.');
    }
    if (succeeded && (schema === null || method === 'HEAD')) {
      // The status alone says that it is done, whatever comes of the body.
      await readBody(response, UNNEEDED_BODY_BYTES).catch(() => undefined);
      // Nobody reads the body where there is no schema; T is then whatever the caller ignores.
      return { kind: 'answered', answer: { status, correlationId, body: undefined as T } };
    }

    const body = await readBody(response, succeeded ? maxBodyBytes : UNNEEDED_BODY_BYTES);
    const json = body.kind === 'text' && isJson(response) ? parseJson(body.text) : undefined;
    if (!succeeded) {
      return {
        kind: 'refused',
        status,
        correlationId,
        retryAfterMs: retryAfterMs(response.headers.get('retry-after'), clock.now()),
        renewed: false,
        error: errorOfAnswer(place, status, correlationId, json?.value),
      };
    }
    if (body.kind === 'too-large') return unusable(`The answer is larger than ${maxBodyBytes} bytes.`);
    if (body.kind === 'not-utf-8') return unusable('The answer is not UTF-8 text.');
    if (!isJson(response)) {
      return unusable(`The answer is ${response.headers.get('content-type') ?? 'of no type'}, not JSON.`);
    }
    if (!json) return unusable('The answer is not valid JSON.');
    const parsed = schema?.safeParse(json.value);
    if (!parsed?.success) {
      // Field names only: values can be people's data.
      const fields = parsed?.error.issues.map((issue) => issue.path.join('.') || 'the answer').slice(0, 5);
      return unusable(`The answer does not have the expected shape: ${fields?.join(', ') ?? ''}.`);
    }
    return { kind: 'answered', answer: { status, correlationId, body: parsed.data } };
  }

  async function request<T>(spec: RequestSpec<T>, signal: AbortSignal): Promise<ApiAnswer<T>> {
    const repeatable = spec.method === 'GET' || spec.method === 'HEAD' || spec.repeatable === true;
    let attempts = 0;
    let rateLimited = 0;
    let renewed = false;
    for (;;) {
      await pacer.acquire(signal);
      const attempt = await once(spec, signal);
      if (attempt.kind === 'answered') return attempt.answer;
      if (attempt.kind === 'unusable') throw attempt.error;
      if (attempt.kind === 'refused' && attempt.status === 429) {
        // Not processed, so also a PUT may be sent again; and it is no fault of the call, so no attempt is counted.
        const wait = attempt.retryAfterMs ?? RETRY_AFTER_UNKNOWN_MS;
        rateLimited += 1;
        if (wait > MAX_RETRY_AFTER_MS || rateLimited > MAX_RATE_LIMITED_IN_A_ROW) throw attempt.error;
        pacer.closeFor(wait);
        continue;
      }
      rateLimited = 0;
      if (attempt.kind === 'refused' && attempt.renewed && !renewed) {
        renewed = true;
        continue;
      }
      attempts += 1;
      const mayPass =
        attempt.kind === 'no-answer' ||
        attempt.status === 408 ||
        (attempt.status >= 500 && attempt.status !== 501);
      if (!repeatable || !mayPass || attempts >= MAX_ATTEMPTS) throw attempt.error;
      await clock.sleep(backoffMs(attempts, random), signal);
    }
  }

  return { request, once, pacer };
}

/** Exponential with full jitter: any time up to twice the last bound, so that many callers do not come back together. */
const backoffMs = (attempts: number, random: () => number): number =>
  random() * Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** (attempts - 1));

/** A 401 because of the address of this computer says nothing about the token. */
const isSignedOut = ({ status, error }: { status: number; error: ApiError }): boolean =>
  status === 401 && error.error.code !== 'ip-not-allowed';

const isJson = (response: Response): boolean =>
  /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(response.headers.get('content-type') ?? '');

const isWebPage = (response: Response): boolean =>
  /^(text\/html|application\/xhtml)/i.test(response.headers.get('content-type') ?? '');

/** Wrapped, since `null` and `undefined` are different answers. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
