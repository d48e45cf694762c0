import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/**
 * Signed by itself, for 127.0.0.1, so that no computer trusts it; the key protects nothing.
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=127.0.0.1`
 */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbDIDmykmxZDw9hhK
DR7ThHeFoT3R5Y/F68LPA+XQepGhRANCAAT3h2ST0G/sL5VgfFqTg+nfjnx+7nM8
dEWxUMBNejCUHFJFQct/syxlKA4Py/gHXQZ/+iXKhBYe8UHn+mYUhlOM
-----END PRIVATE KEY-----
`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBjzCCATagAwIBAgIUPzcR8RkNpr4R3emDpsfVROeTmCYwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNjE0NDgzMVoYDzIxMjYxMTAy
MTQ0ODMxWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAT3h2ST0G/sL5VgfFqTg+nfjnx+7nM8dEWxUMBNejCUHFJFQct/syxl
KA4Py/gHXQZ/+iXKhBYe8UHn+mYUhlOMo2QwYjAdBgNVHQ4EFgQUl2nurT4fQ287
9NorRFlV7Or2e0AwHwYDVR0jBBgwFoAUl2nurT4fQ2879NorRFlV7Or2e0AwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0cAMEQC
ICYUmH4NT4oC6CFOjjuc3L9tVgkvARmOVawKYpblDWL6AiA4GbjCIouBQ1wnVUQj
2jT3kElpoiPwvvpETcE4wpFGmQ==
-----END CERTIFICATE-----
`;

interface UntrustedServer {
  readonly address: string;
  /** Requests that got past the certificate. */
  readonly requests: readonly string[];
  readonly close: () => void;
}

/** Answers https on this computer as something does that stands in the way: with a certificate that nobody trusts. */
export async function startUntrustedServer(): Promise<UntrustedServer> {
  const requests: string[] = [];
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
