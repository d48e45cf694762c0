// @ts-check
import { HOST, schemes, toApp } from './addresses.mjs';
import { headersHook } from './session.mjs';

/** @typedef {{ name: string, value: string }} Header */

/** What `Fetch` must hold back: every document (navigation), what our schemes serve, answers for the headers hook. */
export function patterns() {
  /** @type {object[]} */
  const list = [{ urlPattern: '*', resourceType: 'Document' }, { urlPattern: `https://*${HOST}/*` }];
  if (headersHook()) list.push({ urlPattern: 'http*://*', requestStage: 'Response' });
  return list;
}

/**
 * Answers one held request of a page.
 * @param {any} paused `Fetch.requestPaused`
 * @param {object} page
 * @param {string} page.frameId of the main frame
 * @param {number} page.webContentsId
 * @param {(method: string, params: object) => unknown} page.send
 * @param {(url: string, isRedirect: boolean) => boolean} page.mayNavigate asked for the main frame
 * @param {(url: string) => boolean} page.mayNavigateFrame asked for every other frame
 */
export async function answerRequest(paused, page) {
  const { requestId, request, resourceType } = paused;
  const send = (/** @type {string} */ method, /** @type {object} */ params = {}) =>
    page.send(`Fetch.${method}`, { requestId, ...params });
  const url = toApp(request.url);
  const isNavigation = resourceType === 'Document' && paused.frameId === page.frameId;
  const hooked = (/** @type {number} */ statusCode, /** @type {Header[]} */ headers) =>
    hookHeaders(headers, {
      id: 0,
      url,
      method: request.method,
      resourceType: isNavigation ? 'mainFrame' : 'other',
      webContentsId: page.webContentsId,
      statusCode,
      statusLine: `HTTP/1.1 ${statusCode}`,
    });

  if (paused.responseErrorReason) return send('continueRequest');
  if (paused.responseStatusCode) {
    const responseHeaders = await hooked(paused.responseStatusCode, paused.responseHeaders);
    return send('continueResponse', { responseCode: paused.responseStatusCode, responseHeaders });
  }
  if (isNavigation && !page.mayNavigate(url, Boolean(paused.redirectedRequestId))) {
    return send('failRequest', { errorReason: 'Aborted' });
  }
  const isFrame = resourceType === 'Document' && !isNavigation;
  if (isFrame && !page.mayNavigateFrame(url)) return send('failRequest', { errorReason: 'Aborted' });
  if (url === request.url) return send('continueRequest');
  const handler = schemes.get(url.slice(0, url.indexOf(':')));
  if (!handler) return send('failRequest', { errorReason: 'NameNotResolved' });
  const response = await handler(asRequest(url, request));
  const headers = [...response.headers].map(([name, value]) => ({ name, value }));
  return send('fulfillRequest', {
    responseCode: response.status,
    responseHeaders: await hooked(response.status, headers),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  });
}

/** @param {string} url @param {any} request the protocol's */
function asRequest(url, { method, headers, postDataEntries }) {
  if (!postDataEntries) return new Request(url, { method, headers });
  const parts = postDataEntries.map((/** @type {{ bytes?: string }} */ entry) =>
    Buffer.from(entry.bytes ?? '', 'base64'),
  );
  return new Request(url, { method, headers, body: Buffer.concat(parts) });
}

/** @param {Header[]} headers @param {object} details @returns {Promise<Header[]>} */
async function hookHeaders(headers, details) {
  const listener = headersHook();
  if (!listener) return headers;
  /** @type {Record<string, string[]>} */
  const responseHeaders = {};
  for (const { name, value } of headers) (responseHeaders[name] ??= []).push(value);
  const answer = await new Promise((resolve) => listener({ ...details, responseHeaders }, resolve));
  return Object.entries(answer.responseHeaders ?? responseHeaders).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value: String(value) })),
  );
}
