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

/** The API's 401 for a call that has no token, by the description's words: it says nothing of the one that was sent. */
export const NO_TOKEN_ARRIVED = 'authentication.required';

/**
 * Whether that is an error body of the API, told by its code. A gateway's `{"message":"Forbidden"}` and a proxy's
 * `{"error":"blocked"}` are not.
 */
export function isErrorBody(body: unknown): boolean {
  const parsed = errorBody.safeParse(body);
  return parsed.success && API_CODE.test(parsed.data.code ?? '');
}

/**
 * Content, address or headers too large (RFC 9110, 15.5.14 and 15.5.15; RFC 6585, 5): whoever says so, only a smaller
 * request gets through.
 */
export const isTooLong = (status: number | undefined): boolean =>
  status === 413 || status === 414 || status === 431;

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

/**
 * The error of an answer that the API would not give: broken JSON, a missing field; `portal` for a redirect or a page of
 * HTML, which something in between gives.
 */
export function unexpectedAnswer(
  place: CallPlace,
  message: string,
  status?: number,
  correlationId?: string | null,
  code: 'unexpected-answer' | 'portal' = 'unexpected-answer',
): ApiError {
  return new ApiError({
    code,
    message,
    details: {
      ...place,
      ...(status !== undefined && { status }),
      ...(typeof correlationId === 'string' && { correlationId }),
    },
  });
}

/** Whether the server can have acted on a request that got no answer. */
export type Sent = 'no' | 'maybe';

/** What stood in the way. `portal`: something in between answered in the place of Genesys Cloud. */
export type NetworkTrouble =
  | 'offline'
  | 'broken-off'
  | 'timed-out'
  | 'proxy-sign-in'
  | 'not-trusted'
  | 'portal';

export interface NetworkFailure {
  readonly kind: NetworkTrouble;
  readonly sent: Sent;
  readonly message: string;
}

interface Rule {
  readonly codes: RegExp;
  readonly kind: NetworkTrouble;
  readonly sent: Sent;
  readonly says: string;
}

/**
 * Chromium's names, and Node's and undici's codes for the same things; the first that fits. `sent: 'no'` only where the
 * name is given before a request is written: looking the name up, connecting, the proxy, the certificate.
 * https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h
 */
const RULES: readonly Rule[] = [
  {
    codes: /ERR_PROXY_AUTH_/,
    kind: 'proxy-sign-in',
    sent: 'no',
    says: 'The proxy wants a user name and password',
  },
  {
    codes:
      /ERR_(MISSING|INVALID)_AUTH_CREDENTIALS|ERR_UNSUPPORTED_AUTH_SCHEME|_AUTH_ENVIRONMENT|_SECURITY_LIBRARY_/,
    kind: 'proxy-sign-in',
    sent: 'no',
    says: 'The proxy did not take the sign-in of this computer',
  },
  // The certificates are being read anew; the next try has them.
  {
    codes: /ERR_CERT_(VERIFIER|DATABASE)_CHANGED/,
    kind: 'offline',
    sent: 'no',
    says: 'The computer’s certificates changed',
  },
  {
    codes: /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/,
    kind: 'not-trusted',
    sent: 'no',
    says: 'The certificate was not trusted',
  },
  {
    codes: /ERR_SSL|ERR_NO_SSL|ERR_TLS|ERR_ECH_|EPROTO/,
    kind: 'not-trusted',
    sent: 'maybe',
    says: 'The connection was not trusted',
  },
  {
    codes: /Redirect was cancelled/,
    kind: 'portal',
    sent: 'maybe',
    says: 'The call was redirected, which was not followed',
  },
  {
    codes:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|UND_ERR_CONNECT_TIMEOUT|ERR_NAME_|ERR_ICANN_NAME_|ERR_DNS_|ERR_CONNECTION_(REFUSED|FAILED|TIMED_OUT)|ERR_ADDRESS_INVALID|ERR_NETWORK_ACCESS_DENIED/,
    kind: 'offline',
    sent: 'no',
    says: 'The server could not be reached',
  },
  {
    codes: /ERR_[A-Z_]*PROX|ERR_TUNNEL_|ERR_SOCKS_|ERR_PAC_/,
    kind: 'offline',
    sent: 'no',
    says: 'The proxy could not be reached, or did not let the call through',
  },
  {
    codes: /ERR_BLOCKED_BY_(ADMINISTRATOR|CLIENT)/,
    kind: 'offline',
    sent: 'maybe',
    says: 'This computer or its administrator blocks the call',
  },
  // These end requests in flight too.
  {
    codes:
      /ENETUNREACH|ENETDOWN|EHOSTUNREACH|EADDRNOTAVAIL|ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|ERR_NETWORK_/,
    kind: 'offline',
    sent: 'maybe',
    says: 'The network went away or changed',
  },
  {
    codes: /^ETIMEDOUT$|UND_ERR_(HEADERS|BODY)_TIMEOUT|ERR_TIMED_OUT/,
    kind: 'timed-out',
    sent: 'maybe',
    says: 'The connection timed out',
  },
];

/**
 * Sorts what fetch threw. Only its code is looked at and kept: the error itself may carry the request with its
 * headers, so it never becomes anybody's `cause`.
 */
export function networkFailureOf(error: unknown): NetworkFailure {
  const code = codeWithin(error);
  const rule = RULES.find(({ codes }) => codes.test(code));
  const says = rule?.says ?? 'The connection broke off';
  return { kind: rule?.kind ?? 'broken-off', sent: rule?.sent ?? 'maybe', message: `${says} (${code}).` };
}

/** The innermost error code; Electron's net.fetch has it in its message only. */
function codeWithin(error: unknown): string {
  let code = 'no reason given';
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') code = current.code;
    const chromium = /net::(ERR_[A-Z0-9_]{1,60})|Redirect was cancelled/.exec(current.message);
    if (chromium) code = chromium[1] ?? chromium[0];
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return code;
}

/** The error of a call that got no answer. */
export function errorOfNetwork(
  place: CallPlace,
  failure: Pick<NetworkFailure, 'kind' | 'message'>,
): ApiError {
  const code = failure.kind === 'broken-off' ? 'offline' : failure.kind;
  return new ApiError({ code, message: failure.message, details: { ...place } });
}
