// @ts-check

/**
 * Chromium's name for what Node says, as `MapSystemError` and the TLS code give it
 * (https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_errors_posix.cc).
 * @type {Readonly<Record<string, string>>}
 */
const NAMES = {
  ECONNREFUSED: 'ERR_CONNECTION_REFUSED',
  ENOTFOUND: 'ERR_NAME_NOT_RESOLVED',
  EAI_AGAIN: 'ERR_NAME_NOT_RESOLVED',
  ENETUNREACH: 'ERR_ADDRESS_UNREACHABLE',
  EHOSTUNREACH: 'ERR_ADDRESS_UNREACHABLE',
  EADDRNOTAVAIL: 'ERR_ADDRESS_INVALID',
  ENETDOWN: 'ERR_INTERNET_DISCONNECTED',
  ETIMEDOUT: 'ERR_CONNECTION_TIMED_OUT',
  ECONNABORTED: 'ERR_CONNECTION_ABORTED',
  EPIPE: 'ERR_CONNECTION_RESET',
  EPROTO: 'ERR_SSL_PROTOCOL_ERROR',
  CERT_HAS_EXPIRED: 'ERR_CERT_DATE_INVALID',
  CERT_NOT_YET_VALID: 'ERR_CERT_DATE_INVALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'ERR_CERT_COMMON_NAME_INVALID',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'ERR_CERT_AUTHORITY_INVALID',
  SELF_SIGNED_CERT_IN_CHAIN: 'ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'ERR_CERT_AUTHORITY_INVALID',
};

/** An error that already has Chromium's name. */
export class NetError extends Error {
  /** @param {string} name e.g. `ERR_CONNECTION_RESET` */
  constructor(name) {
    super(`net::${name}`);
  }
}

/**
 * The error that `net.request` would give for what Node's http gave.
 * @param {unknown} error
 * @param {{ readonly answered: boolean }} when whether the headers of an answer had come
 * @returns {NetError}
 */
export function netErrorOf(error, { answered }) {
  if (error instanceof NetError) return error;
  const { code = '', message = '' } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code.startsWith('HPE_')) return new NetError('ERR_INVALID_HTTP_RESPONSE');
  if (code === 'ECONNRESET') {
    // Node says "socket hang up" or "aborted" when the other side closed in order, "read ECONNRESET" for a reset.
    if (message.startsWith('read') || message.startsWith('write'))
      return new NetError('ERR_CONNECTION_RESET');
    return new NetError(answered ? 'ERR_CONTENT_LENGTH_MISMATCH' : 'ERR_EMPTY_RESPONSE');
  }
  return new NetError(NAMES[code] ?? (code.startsWith('ERR_SSL') ? 'ERR_SSL_PROTOCOL_ERROR' : 'ERR_FAILED'));
}

/**
 * Errors after which a request on a socket that was used before is sent again, unless headers came:
 * `GetRetryReasonForIOError` and `ShouldResendRequest` of
 * https://source.chromium.org/chromium/chromium/src/+/main:net/http/http_network_transaction.cc
 */
export const RESENT = new Set([
  'net::ERR_CONNECTION_RESET',
  'net::ERR_CONNECTION_CLOSED',
  'net::ERR_CONNECTION_ABORTED',
  'net::ERR_SOCKET_NOT_CONNECTED',
  'net::ERR_EMPTY_RESPONSE',
]);
