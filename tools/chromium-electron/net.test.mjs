import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startUntrustedServer } from '../../e2e/support/untrusted.ts';
import { changeNetwork } from './client-request.mjs';
import { netErrorOf } from './net-errors.mjs';
import { net } from './net.mjs';
import { runtime } from './runtime.mjs';
import { domainIs, forgetSockets } from './sockets.mjs';

/** A server on loopback; `answer` is called once per request, with how many came before. */
async function serve(answer) {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, response, seen.length);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${server.address().port}`, seen, server };
}

const closedPort = async () => {
  const server = createTcpServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
};

afterEach(() => {
  runtime.switches.clear();
  forgetSockets();
});

describe('six sockets a host', () => {
  /** Holds every request until told, in the order of their coming. */
  const holding = async () => {
    const held = [];
    const server = await serve((request, response) => held.push({ url: request.url, response }));
    return { ...server, held };
  };
  const arrived = (held, count) => vi.waitFor(() => expect(held).toHaveLength(count));
  const settle = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

  it('a seventh request waits for one of six, and who waits goes in order', async () => {
    const { base, held } = await holding();
    const answers = Array.from({ length: 9 }, (_, i) => net.fetch(`${base}/${i}`));
    await arrived(held, 6);
    await settle();
    expect(held).toHaveLength(6);
    held[3].response.end('x');
    await (await answers[3]).text();
    await arrived(held, 7);
    held[0].response.end('x');
    await (await answers[0]).text();
    await arrived(held, 8);
    expect(held.slice(6).map(({ url }) => url)).toEqual(['/6', '/7']);
    for (const { response } of held) response.end('x');
    await arrived(held, 9);
    held[8].response.end('x');
    await Promise.all(answers);
  });

  it('none of that for hosts that ignore-connections-limit names, read at the first request only', async () => {
    runtime.switches.set('ignore-connections-limit', 'example.org, 127.0.0.1');
    const { base, held } = await holding();
    const answers = Array.from({ length: 9 }, (_, i) => net.fetch(`${base}/${i}`));
    await arrived(held, 9);
    runtime.switches.set('ignore-connections-limit', '');
    answers.push(net.fetch(`${base}/9`));
    await arrived(held, 10);
    for (const { response } of held) response.end('x');
    await Promise.all(answers);
  });

  it('a domain stands for those below it', () => {
    expect(domainIs('api.mypurecloud.com', 'mypurecloud.com')).toBe(true);
    expect(domainIs('notmypurecloud.com', 'mypurecloud.com')).toBe(false);
  });

  it('a body that is cancelled alone keeps its socket; aborting the request gives it back', async () => {
    const { base, seen } = await serve((_request, response) => response.end('x'.repeat(200_000)));
    const controllers = [];
    for (let i = 0; i < 6; i += 1) {
      const controller = new AbortController();
      controllers.push(controller);
      const response = await net.fetch(`${base}/${i}`, { signal: controller.signal });
      await response.body.cancel();
    }
    const seventh = net.fetch(`${base}/6`);
    await settle();
    expect(seen).toHaveLength(6);
    controllers[2].abort();
    expect((await (await seventh).text()).length).toBe(200_000);
    for (const controller of controllers) controller.abort();
  });
});

describe('a reused socket that dies', () => {
  it.each(['GET', 'DELETE', 'PUT', 'POST'])('%s is sent again, and nobody is told', async (method) => {
    const { base, seen } = await serve((request, response, count) => {
      if (count === 2) request.socket.destroy();
      else response.end('fine');
    });
    await (await net.fetch(`${base}/first`)).text();
    const body = method === 'GET' || method === 'DELETE' ? undefined : 'payload';
    const response = await net.fetch(`${base}/second`, { method, body });
    expect(await response.text()).toBe('fine');
    expect(seen).toEqual(['GET /first', `${method} /second`, `${method} /second`]);
  });

  it('a new socket that dies is an error, sent once', async () => {
    const { base, seen } = await serve((request) => request.socket.destroy());
    await expect(net.fetch(`${base}/x`, { method: 'DELETE' })).rejects.toThrow(
      /^net::ERR_(EMPTY_RESPONSE|CONNECTION_RESET)$/,
    );
    expect(seen).toEqual(['DELETE /x']);
  });
});

describe('redirects', () => {
  it.each([301, 302, 307, 308])(
    '%i in manual mode rejects, so that a 3xx is never an answer',
    async (status) => {
      const { base, seen } = await serve((_request, response) =>
        response.writeHead(status, { location: '/other' }).end(),
      );
      await expect(net.fetch(`${base}/x`, { redirect: 'manual' })).rejects.toThrow('Redirect was cancelled');
      await expect(net.fetch(`${base}/x`, { redirect: 'error' })).rejects.toThrow('Attempted to redirect');
      expect(seen).toEqual(['GET /x', 'GET /x']);
    },
  );

  it('are followed otherwise, and not for ever', async () => {
    const { base } = await serve((request, response) => {
      if (request.url === '/end') response.end(request.method);
      else response.writeHead(302, { location: request.url === '/loop' ? '/loop' : '/end' }).end();
    });
    expect(await (await net.fetch(`${base}/x`, { method: 'POST', body: 'x' })).text()).toBe('GET');
    await expect(net.fetch(`${base}/loop`)).rejects.toThrow('net::ERR_TOO_MANY_REDIRECTS');
  });
});

describe('errors have the names of Chromium', () => {
  it('a port where nobody listens', async () => {
    const port = await closedPort();
    await expect(net.fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('net::ERR_CONNECTION_REFUSED');
  });

  it('no such host', async () => {
    await expect(net.fetch('http://nobody.invalid/')).rejects.toThrow('net::ERR_NAME_NOT_RESOLVED');
  });

  it('a certificate that nobody trusts, before anything is sent', async () => {
    const server = await startUntrustedServer();
    onTestFinished(server.close);
    await expect(net.fetch(`${server.address}/x`, { method: 'DELETE' })).rejects.toThrow(
      'net::ERR_CERT_AUTHORITY_INVALID',
    );
    expect(server.requests).toEqual([]);
  });

  it('an answer that is no HTTP, and one that breaks off', async () => {
    const server = createTcpServer((socket) => {
      socket.once('data', (data) => {
        if (String(data).startsWith('GET /half')) {
          socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf');
        } else socket.end('SSH-2.0-OpenSSH\r\n\r\n');
      });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => server.close());
    const base = `http://127.0.0.1:${server.address().port}`;
    await expect(net.fetch(`${base}/x`)).rejects.toThrow('net::ERR_INVALID_HTTP_RESPONSE');
    const response = await net.fetch(`${base}/half`);
    await expect(response.text()).rejects.toThrow('net::ERR_CONTENT_LENGTH_MISMATCH');
  });

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_CERT_AUTHORITY_INVALID'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_CERT_COMMON_NAME_INVALID'],
    ['CERT_HAS_EXPIRED', 'ERR_CERT_DATE_INVALID'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PROTOCOL_ERROR'],
    ['ENETUNREACH', 'ERR_ADDRESS_UNREACHABLE'],
    ['anything else', 'ERR_FAILED'],
  ])('%s is %s', (code, name) => {
    expect(netErrorOf(Object.assign(new Error(), { code }), { answered: false }).message).toBe(
      `net::${name}`,
    );
  });

  it('a network that changes ends requests in flight', async () => {
    const { base, seen } = await serve(() => {});
    const answer = net.fetch(`${base}/x`, { method: 'DELETE' });
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    changeNetwork();
    await expect(answer).rejects.toThrow('net::ERR_NETWORK_CHANGED');
  });

  it('an abort gives its reason', async () => {
    const { base, seen } = await serve(() => {});
    const controller = new AbortController();
    const answer = net.fetch(`${base}/x`, { signal: controller.signal });
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    controller.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
  });
});

describe('a proxy that wants a password', () => {
  /** Answers in the place of every host, once the password is there. */
  const startProxy = async () => {
    const authorizations = [];
    const challenge = { 'proxy-authenticate': 'Basic realm="Corp"' };
    const isKnown = ({ headers }) => {
      authorizations.push(headers['proxy-authorization'] ?? null);
      return headers['proxy-authorization'] === `Basic ${Buffer.from('me:right').toString('base64')}`;
    };
    const proxy = await serve((request, response) => {
      if (isKnown(request)) response.end(`through ${request.url}`);
      else response.writeHead(407, challenge).end('no');
    });
    proxy.server.on('connect', (request, socket) => {
      if (isKnown(request)) socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      else socket.end('HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="Corp"\r\n\r\n');
    });
    runtime.switches.set('proxy-server', proxy.base);
    return { ...proxy, authorizations };
  };

  /** `net.request` with a listener for `login`. @returns status or error */
  const ask = (url, login) =>
    new Promise((resolve) => {
      const request = net.request({ url, method: 'HEAD' });
      request.on('login', login);
      request.on('response', (response) => resolve(response.statusCode));
      request.on('error', (error) => resolve(error.message));
      request.end();
    });

  it('net.fetch has nobody to ask: 407 for http, no tunnel for https', async () => {
    await startProxy();
    expect((await net.fetch('http://api.example.org/x')).status).toBe(407);
    await expect(net.fetch('https://api.example.org/x')).rejects.toThrow('net::ERR_TUNNEL_CONNECTION_FAILED');
  });

  it('net.request asks, and what it was told serves net.fetch from then on', async () => {
    const { base, authorizations } = await startProxy();
    const infos = [];
    const answers = [
      ['me', 'wrong'],
      ['me', 'right'],
    ];
    const status = await ask('http://api.example.org/x', (info, answer) => {
      infos.push(info);
      answer(...(answers.shift() ?? []));
    });
    expect(status).toBe(200);
    const { port } = new URL(base);
    const info = { isProxy: true, scheme: 'basic', host: '127.0.0.1', port: Number(port), realm: 'Corp' };
    expect(infos).toEqual([info, info]);
    expect(authorizations[0]).toBe(null);
    const body = await (await net.fetch('http://api.example.org/y', { method: 'DELETE' })).text();
    expect(body).toBe('through http://api.example.org/y');
    // The tunnel is opened with it too; what is behind it is another matter.
    await expect(net.fetch('https://api.example.org/x')).rejects.toThrow('net::ERR_TUNNEL_CONNECTION_FAILED');
    expect(authorizations.at(-1)).toMatch(/^Basic /);
  });

  it('a request that was under way with an old password is sent again with the new one, and keeps it', async () => {
    const held = [];
    let right = 'me:old';
    const proxy = await serve((request, response) => {
      const given = request.headers['proxy-authorization'] ?? '';
      const isKnown = given === `Basic ${Buffer.from(right).toString('base64')}`;
      const answer = () =>
        isKnown
          ? response.end('through')
          : response.writeHead(407, { 'proxy-authenticate': 'Basic realm="Corp"' }).end('no');
      if (request.url.endsWith('/late') && held.length === 0) held.push(answer);
      else answer();
    });
    runtime.switches.set('proxy-server', proxy.base);
    expect(await ask('http://api.example.org/', (_info, answer) => answer('me', 'old'))).toBe(200);
    right = 'me:new';
    const late = net.fetch('http://api.example.org/late');
    await vi.waitFor(() => expect(held).toHaveLength(1));
    expect(await ask('http://api.example.org/', (_info, answer) => answer('me', 'new'))).toBe(200);
    held[0]();
    expect((await late).status).toBe(200);
    expect((await net.fetch('http://api.example.org/x')).status).toBe(200);
  });

  it('a login that is given up ends as without one', async () => {
    await startProxy();
    expect(await ask('https://api.example.org/', (_info, answer) => answer())).toBe(
      'net::ERR_TUNNEL_CONNECTION_FAILED',
    );
  });

  it('loopback goes past it, unless told otherwise', async () => {
    await startProxy();
    const { base } = await serve((_request, response) => response.end('straight'));
    expect(await (await net.fetch(`${base}/x`)).text()).toBe('straight');
    runtime.switches.set('proxy-bypass-list', '<-loopback>');
    expect((await net.fetch(`${base}/x`)).status).toBe(407);
  });

  it('a proxy that is not there', async () => {
    runtime.switches.set('proxy-server', `127.0.0.1:${await closedPort()}`);
    await expect(net.fetch('http://api.example.org/')).rejects.toThrow('net::ERR_PROXY_CONNECTION_FAILED');
    await expect(net.fetch('https://api.example.org/')).rejects.toThrow('net::ERR_PROXY_CONNECTION_FAILED');
  });
});
