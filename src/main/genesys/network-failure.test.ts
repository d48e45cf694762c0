import { describe, expect, it } from 'vitest';
import { startDeadline } from './deadline.ts';
import { networkFailureOf } from './network-failure.ts';

/** As Electron's net.fetch says it. */
const chromium = (name: string): Error => new Error(`net::${name}`);
const node = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });

// Names of https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h
describe('a request without an answer', () => {
  it.each([
    'ERR_NAME_NOT_RESOLVED',
    'ERR_CONNECTION_REFUSED',
    'ERR_CONNECTION_FAILED',
    'ERR_CONNECTION_TIMED_OUT',
    'ERR_TUNNEL_CONNECTION_FAILED',
    'ERR_PROXY_CONNECTION_FAILED',
    'ERR_SOCKS_CONNECTION_FAILED',
    'ERR_SOCKS_CONNECTION_HOST_UNREACHABLE',
    'ERR_MANDATORY_PROXY_CONFIGURATION_FAILED',
    'ERR_CERT_VERIFIER_CHANGED',
    'ERR_CERT_DATABASE_CHANGED',
    'ERR_ICANN_NAME_COLLISION',
    'ERR_PAC_SCRIPT_FAILED',
    'ERR_HTTPS_PROXY_TUNNEL_RESPONSE_REDIRECT',
    'ERR_UNABLE_TO_REUSE_CONNECTION_FOR_PROXY_AUTH',
  ])('%s: certainly not sent, and may pass', (name) => {
    expect(networkFailureOf(chromium(name))).toMatchObject({ kind: 'offline', sent: 'no' });
  });

  it.each([
    'ERR_NETWORK_CHANGED',
    'ERR_NETWORK_IO_SUSPENDED',
    'ERR_INTERNET_DISCONNECTED',
    'ERR_ADDRESS_UNREACHABLE',
  ])('%s: no network, but it may have been carried out', (name) => {
    expect(networkFailureOf(chromium(name))).toMatchObject({ kind: 'offline', sent: 'maybe' });
  });

  it.each([
    'ERR_CONNECTION_RESET',
    'ERR_CONNECTION_CLOSED',
    'ERR_EMPTY_RESPONSE',
    'ERR_HTTP2_PROTOCOL_ERROR',
    'ERR_HTTP2_PING_FAILED',
    'ERR_QUIC_PROTOCOL_ERROR',
    'ERR_CONTENT_LENGTH_MISMATCH',
    'ERR_INVALID_HTTP_RESPONSE',
    'ERR_SOMETHING_NEW_99',
  ])('%s: broken off, it may have been carried out', (name) => {
    expect(networkFailureOf(chromium(name))).toEqual({
      kind: 'broken-off',
      sent: 'maybe',
      message: `The connection broke off (${name}).`,
    });
  });

  it.each(['ERR_CERT_AUTHORITY_INVALID', 'ERR_CERT_COMMON_NAME_INVALID', 'ERR_CERT_DATE_INVALID'])(
    '%s: nothing is sent to what cannot be trusted',
    (name) => {
      expect(networkFailureOf(chromium(name))).toMatchObject({ kind: 'not-trusted', sent: 'no' });
    },
  );

  it('an error of TLS can also end a connection that was in use', () => {
    expect(networkFailureOf(chromium('ERR_SSL_BAD_RECORD_MAC_ALERT'))).toMatchObject({
      kind: 'not-trusted',
      sent: 'maybe',
    });
  });

  // A filter can also cut off what was answered already.
  it.each(['ERR_BLOCKED_BY_ADMINISTRATOR', 'ERR_BLOCKED_BY_CLIENT'])(
    '%s: this computer blocks it, which is no fault of the server',
    (name) => {
      expect(networkFailureOf(chromium(name))).toEqual({
        kind: 'offline',
        sent: 'maybe',
        message: `This computer or its administrator blocks the call (${name}).`,
      });
    },
  );

  // Only a proxy is ever signed in to: calls themselves go without the computer's credentials.
  it.each([
    'ERR_MISSING_AUTH_CREDENTIALS',
    'ERR_INVALID_AUTH_CREDENTIALS',
    'ERR_UNSUPPORTED_AUTH_SCHEME',
    'ERR_MISCONFIGURED_AUTH_ENVIRONMENT',
    'ERR_UNEXPECTED_SECURITY_LIBRARY_STATUS',
  ])('%s: the proxy does not take the sign-in of this computer', (name) => {
    expect(networkFailureOf(chromium(name))).toMatchObject({ kind: 'proxy-sign-in', sent: 'no' });
  });

  it.each(['ERR_ECH_NOT_NEGOTIATED', 'ERR_NO_SSL_VERSIONS_ENABLED'])('%s: an error of TLS', (name) => {
    expect(networkFailureOf(chromium(name))).toMatchObject({ kind: 'not-trusted' });
  });

  it.each(['ERR_PROXY_AUTH_REQUESTED', 'ERR_PROXY_AUTH_UNSUPPORTED'])(
    '%s: the proxy wants a password',
    (name) => {
      expect(networkFailureOf(chromium(name))).toMatchObject({ kind: 'proxy-sign-in', sent: 'no' });
    },
  );

  it('a redirect that Electron cut off is no answer of Genesys Cloud', () => {
    expect(networkFailureOf(new Error('Redirect was cancelled'))).toMatchObject({
      kind: 'portal',
      sent: 'maybe',
    });
  });

  it.each([
    ['ECONNREFUSED', 'offline', 'no'],
    ['UND_ERR_CONNECT_TIMEOUT', 'offline', 'no'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'not-trusted', 'no'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timed-out', 'maybe'],
    ['ETIMEDOUT', 'timed-out', 'maybe'],
    ['ECONNRESET', 'broken-off', 'maybe'],
  ] as const)('Node says the same as %s', (code, kind, sent) => {
    expect(networkFailureOf(node(code))).toMatchObject({ kind, sent });
  });

  it('keeps nothing of an error but its name, in linear time', () => {
    const long = new Error(`net::ERR_${'A'.repeat(1_000_000)} secret`);
    expect(networkFailureOf(long).message.length).toBeLessThan(120);
    expect(networkFailureOf(new Error('token=secret'))).toMatchObject({
      message: 'The connection broke off (no reason given).',
    });
  });
});

describe('a deadline', () => {
  it('gives up, at its end, what of the answer nobody read: Chromium would keep its socket for it', () => {
    const deadline = startDeadline(new AbortController().signal, 60_000);
    deadline.end();
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.timedOut).toBe(false);
  });
});
