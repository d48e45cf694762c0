// @ts-check
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClientRequest } from './client-request.mjs';
import { guard } from './guard.mjs';
import { NetError, netErrorOf } from './net-errors.mjs';

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
});

const NO_BODY = new Set([101, 204, 205, 304]);

/** @param {string} url */
async function readLocalFile(url) {
  const file = fileURLToPath(url);
  try {
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    return new Response(await readFile(file), { headers: { 'content-type': type } });
  } catch {
    throw new NetError('ERR_FILE_NOT_FOUND');
  }
}

/**
 * The body of an answer. Whoever cancels it leaves the loader suspended with its socket, as Electron does: only
 * aborting the request ends that.
 * @param {import('node:http').IncomingMessage} response
 */
function bodyOf(response) {
  response.pause();
  return new ReadableStream({
    start(controller) {
      response.on('data', (chunk) => {
        controller.enqueue(new Uint8Array(chunk));
        response.pause();
      });
      response.on('end', () => controller.close());
      response.on('error', (error) => controller.error(netErrorOf(error, { answered: true })));
      response.pause();
    },
    pull() {
      response.resume();
    },
    cancel() {
      response.removeAllListeners('data').removeAllListeners('end');
      response.pause();
    },
  });
}

/** @param {import('node:http').IncomingMessage} response @param {string} method */
function toResponse(response, method) {
  const { statusCode: status = 0, statusMessage: statusText = '' } = response;
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers))
    headers.set(name, Array.isArray(value) ? value.join(', ') : String(value));
  const isEmpty = NO_BODY.has(status) || method === 'HEAD';
  if (isEmpty) response.resume();
  return new Response(isEmpty ? null : bodyOf(response), { status, statusText, headers });
}

/**
 * `net.fetch`, the way Electron has it: over a `ClientRequest` that nobody listens to for `login`.
 * https://github.com/electron/electron/blob/v45.4.1/lib/browser/api/net-fetch.ts
 * @type {import('electron').Net['fetch']}
 */
export async function netFetch(input, init) {
  const asked = new Request(/** @type {any} */ (input), /** @type {any} */ (init));
  if (asked.url.startsWith('file:')) return readLocalFile(asked.url);
  asked.signal.throwIfAborted();
  const body = asked.body ? new Uint8Array(await asked.arrayBuffer()) : undefined;
  const { url, method, redirect, signal } = asked;
  const request = new ClientRequest({ url, method, redirect });
  for (const [name, value] of asked.headers) request.setHeader(name, value);
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason);
      request.abort();
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    request.once('response', (response) => {
      response.once('close', () => signal.removeEventListener('abort', abort));
      resolve(toResponse(response, method));
    });
    request.once('error', (error) => {
      signal.removeEventListener('abort', abort);
      reject(error);
    });
    request.end(body);
  });
}

/** @type {Pick<import('electron').Net, 'fetch' | 'request' | 'isOnline' | 'online'>} */
export const net = guard('net', {
  isOnline: () => true,
  online: true,
  fetch: netFetch,
  request: (options) => /** @type {any} */ (new ClientRequest(/** @type {any} */ (options))),
});
