import { z } from 'zod';
import { cleanText, MAX_MESSAGE, MAX_NAME } from '../../shared/clean-text.ts';
import type { ErrorCode, ErrorDetails } from '../../shared/result.ts';
import { AppFailure } from '../failure.ts';

/** A call of the API that failed for good. */
export class ApiError extends AppFailure {
  override readonly name = 'ApiError';
}

/** Where the error was met; becomes the details that Genesys support asks for. */
export interface CallPlace {
  readonly method: string;
  /** Without query and host: a query can hold people's addresses. */
  readonly path: string;
}

/** The API's ErrorBody, as far as it is used. Every field may be missing, or wrong: an error must never hide behind another. */
const told = (max: number) =>
  z
    .string()
    .transform((text) => cleanText(text, max))
    .optional()
    .catch(undefined);
const errorBody = z.object({
  message: told(MAX_MESSAGE),
  code: told(MAX_NAME),
  contextId: told(MAX_NAME),
});

/** `missing.any.permissions`: every code in the vendor's description is of this kind. */
const API_CODE = /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i;

/**
 * Whether that is an error body of the API, told by its code. A gateway's `{"message":"Forbidden"}` and a proxy's
 * `{"error":"blocked"}` are not.
 */
export function isErrorBody(body: unknown): boolean {
  const parsed = errorBody.safeParse(body);
  return parsed.success && API_CODE.test(parsed.data.code ?? '');
}

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'bad-request',
  401: 'signed-out',
  403: 'forbidden',
  404: 'not-found',
  408: 'timed-out',
  409: 'conflict',
  413: 'bad-request',
  415: 'bad-request',
  429: 'rate-limited',
};

const codeOf = (status: number, apiCode: string | undefined): ErrorCode => {
  if (apiCode === 'ip.not.authorized') return 'ip-not-allowed';
  const known = CODES[status];
  if (known) return known;
  if (status >= 500) return 'server-failed';
  return status >= 400 ? 'bad-request' : 'unexpected-answer';
};

/** The error of an answer outside 2xx. `body` is the parsed JSON, or anything. */
export function errorOfAnswer(
  place: CallPlace,
  status: number,
  correlationId: string | null,
  body: unknown,
): ApiError {
  const parsed = errorBody.safeParse(body);
  const { message, code, contextId } = parsed.success ? parsed.data : {};
  const details: ErrorDetails = {
    ...place,
    status,
    ...(code !== undefined && { apiCode: code }),
    ...(correlationId !== null && { correlationId }),
    ...(contextId !== undefined && { contextId }),
  };
  return new ApiError({
    code: codeOf(status, code),
    message: message ? message : `The server answered with status ${status}.`,
    details,
  });
}

/** The error of an answer that the API would not give: a redirect, a page of HTML, broken JSON, a missing field. */
export function unexpectedAnswer(
  place: CallPlace,
  message: string,
  status?: number,
  correlationId?: string | null,
): ApiError {
  return new ApiError({
    code: 'unexpected-answer',
    message,
    details: {
      ...place,
      ...(status !== undefined && { status }),
      ...(typeof correlationId === 'string' && { correlationId }),
    },
  });
}

/** Why there was no answer. `unreachable`: the request never left, as without a network. */
export type NetworkFailure =
  | { readonly kind: 'unreachable'; readonly message: string }
  | { readonly kind: 'broken-off'; readonly message: string }
  | { readonly kind: 'timed-out'; readonly message: string }
  /** A certificate that does not hold, or a redirect that Electron cut off: trying again would not help. */
  | { readonly kind: 'not-trusted'; readonly message: string };

// Node's and undici's codes, and Chromium's names for the same things.
const TIMED_OUT = /^ETIMEDOUT$|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ERR_(CONNECTION_)?TIMED_OUT/;
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EADDRNOTAVAIL|ERR_INTERNET_DISCONNECTED|ERR_NAME_NOT_RESOLVED|ERR_CONNECTION_REFUSED|ERR_ADDRESS_UNREACHABLE|ERR_NETWORK_CHANGED|ERR_PROXY_CONNECTION_FAILED/;
const NOT_TRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_SSL|ERR_TLS|Redirect was cancelled/;

/**
 * Sorts what fetch threw. Only its code is looked at and kept: the error itself may carry the request with its
 * headers, so it never becomes anybody's `cause`.
 */
export function networkFailureOf(error: unknown): NetworkFailure {
  const code = codeWithin(error);
  if (TIMED_OUT.test(code)) return { kind: 'timed-out', message: `The connection timed out (${code}).` };
  if (NOT_TRUSTED.test(code)) {
    return { kind: 'not-trusted', message: `The connection was not trusted (${code}).` };
  }
  if (UNREACHABLE.test(code)) {
    return { kind: 'unreachable', message: `The server could not be reached (${code}).` };
  }
  return { kind: 'broken-off', message: `The connection broke off (${code}).` };
}

/** The innermost error code; Electron's net.fetch has it in its message only. */
function codeWithin(error: unknown): string {
  let code = 'no reason given';
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') code = current.code;
    const chromium = /net::(ERR_[A-Z_]+)|Redirect was cancelled/.exec(current.message);
    if (chromium) code = chromium[1] ?? chromium[0];
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return code;
}

/** The error of a call that got no answer. */
export function errorOfNetwork(place: CallPlace, failure: NetworkFailure): ApiError {
  const codes = {
    unreachable: 'offline',
    'broken-off': 'offline',
    'timed-out': 'timed-out',
    'not-trusted': 'unexpected-answer',
  } as const;
  return new ApiError({ code: codes[failure.kind], message: failure.message, details: { ...place } });
}
