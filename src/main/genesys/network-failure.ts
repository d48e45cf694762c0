import type { ErrorCode } from '../../shared/result.ts';
import { ApiError, type CallPlace } from './errors.ts';

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

/** What stood in the way, by an error's code: the other way round. */
export const troubleOf = (code: ErrorCode): NetworkTrouble =>
  code === 'offline' ||
  code === 'timed-out' ||
  code === 'proxy-sign-in' ||
  code === 'not-trusted' ||
  code === 'portal'
    ? code
    : 'broken-off';
