import { cleanText, MAX_MESSAGE } from '../../shared/clean-text.ts';
import { parseWithoutSecrets, withoutSecrets, type Secret } from '../secrets/secret.ts';
import { readBody } from './body.ts';
import { errorOfAnswer, isErrorBody, unexpectedAnswer, type CallPlace } from './errors.ts';
import type { Attempt, RequestSpec } from './http.ts';
import { parseHttpDate, retryAfterMs } from './retry-after.ts';

/** Refusals that mean the same whoever says so: nothing was done, or nobody knows. */
const PASSING = new Set([408, 429]);

/** "The client needs to authenticate to gain network access", never from the origin server: RFC 6585, section 6. */
export const NETWORK_SIGN_IN = 511;

/** The body of an answer nobody needs is read all the same, so that its connection can be used again. */
const UNNEEDED_BODY_BYTES = 65_536;

/** What reading an answer needs to know beside it. */
interface Reading {
  readonly maxBodyBytes: number;
  /** ms since 1970, for a Retry-After that names a date. */
  readonly now: number;
  /** From sending to the head of the answer. */
  readonly tookMs: number;
  /** That was sent, and that an error may quote. */
  readonly token: Secret;
}

/**
 * Reads an answer of the API as what it is: parsed, refused, or nothing that the API would have said. A refusal counts
 * only in the API's own words: a 403 of a firewall says nothing about permissions, a 401 of a proxy nothing about the
 * token, so they are no answer. A page, a redirect or a 511 is somebody else in the API's place; a bare 4xx may be a
 * gateway's, and about this one call.
 */
export async function readAnswer<T>(
  { schema, method, path }: RequestSpec<T>,
  response: Response,
  { maxBodyBytes, now, tookMs, token }: Reading,
): Promise<Attempt<T>> {
  const place: CallPlace = { method, path };
  const { status } = response;
  const hide = (text: string): string => cleanText(withoutSecrets(text, [token]), MAX_MESSAGE);
  const told = response.headers.get('inin-correlation-id');
  const correlationId = told && hide(told);
  const date = parseHttpDate(response.headers.get('date') ?? '');
  const sentAt = Number.isNaN(date) ? null : date - Math.ceil(tookMs);
  const unusable = (message: string, code?: 'portal', mayPass = false): Attempt<T> => ({
    kind: 'unusable',
    status,
    mayPass,
    error: unexpectedAnswer(place, hide(message), status, correlationId, code),
  });

  // 0 and `opaqueredirect` are how a browser's fetch shows a redirect that it did not follow.
  if (response.type === 'opaqueredirect' || status === 0 || (status >= 300 && status < 400)) {
    await response.body?.cancel();
    return unusable('The server tried to redirect the call, which was not followed.', 'portal');
  }
  const succeeded = status >= 200 && status < 300;
  if (succeeded && isWebPage(response)) {
    await response.body?.cancel();
    return unusable('The answer is a web page, as from a proxy or a sign-in page in between.', 'portal');
  }
  if (succeeded && method === 'DELETE') {
    if (!(await isDone(response)))
      return unusable(`Status ${status} is not how Genesys Cloud says that it is done.`);
    return { kind: 'answered', answer: { status, correlationId, sentAt, body: undefined as T } };
  }
  if (succeeded && method === 'HEAD' && isForeignSuccess(response))
    return unusable('The answer to HEAD is not as Genesys Cloud gives it.');
  if (succeeded && (schema === null || method === 'HEAD')) {
    // The status alone says that it is done, whatever comes of the body.
    await readBody(response, UNNEEDED_BODY_BYTES).catch(() => undefined);
    // Nobody reads the body where there is no schema; T is then whatever the caller ignores.
    return { kind: 'answered', answer: { status, correlationId, sentAt, body: undefined as T } };
  }

  const body = await readBody(response, succeeded ? maxBodyBytes : UNNEEDED_BODY_BYTES);
  // Also in an answer that succeeds: the window gets much of it, and a token it must never see.
  const json = body.kind === 'text' && isJson(response) ? parseWithoutSecrets(body.text, [token]) : undefined;
  // An answer to HEAD has no body to tell by.
  const isPage = isWebPage(response) || status === NETWORK_SIGN_IN;
  const fromApi = method === 'HEAD' ? !isPage : isErrorBody(json?.value);
  const isRefusal = (status >= 400 && status < 500 && !PASSING.has(status)) || status === NETWORK_SIGN_IN;
  if (isRefusal && !fromApi) {
    const said = errorOfAnswer(place, status, correlationId, json?.value).error.message;
    const message = `${said.replace(/\.?$/, '.')} That is not as Genesys Cloud does it; a proxy or firewall in between may have answered.`;
    const error = unexpectedAnswer(place, message, status, correlationId, isPage ? 'portal' : undefined);
    return { kind: 'no-answer', trouble: isPage ? 'portal' : 'broken-off', sent: 'maybe', error };
  }
  if (!succeeded) {
    return {
      kind: 'refused',
      status,
      correlationId,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), response.headers.get('date'), now),
      renewed: false,
      error: errorOfAnswer(place, status, correlationId, json?.value),
    };
  }
  if (body.kind === 'too-large') return unusable(`The answer is larger than ${maxBodyBytes} bytes.`);
  const fault = whatIsBroken(place, response, body.kind, json);
  if (fault !== null) return unusable(fault, undefined, true);
  const parsed = schema?.safeParse(json?.value);
  if (!parsed?.success) return unusable(wrongShape(parsed?.error.issues ?? []));
  return { kind: 'answered', answer: { status, correlationId, sentAt, body: parsed.data } };
}

/** What is broken in a success with a body, and may be whole the next time; null for what can be read. */
function whatIsBroken(
  place: CallPlace,
  response: Response,
  kind: 'text' | 'not-utf-8',
  json: { readonly value: unknown } | undefined,
): string | null {
  const { status } = response;
  if (kind === 'not-utf-8') return 'The answer is not UTF-8 text.';
  if (!isJson(response))
    return `The answer is ${response.headers.get('content-type') ?? 'of no type'}, not JSON.`;
  if (!json) return 'The answer is not valid JSON.';
  // Every field of a model may be missing, so an error would pass for one.
  if (!isErrorBody(json.value)) return null;
  return `Status ${status}, but an error: ${errorOfAnswer(place, status, null, json.value).error.message}`;
}

/** Field names only: values can be people's data. */
const wrongShape = (issues: readonly { readonly path: readonly PropertyKey[] }[]): string =>
  `The answer does not have the expected shape: ${issues
    .slice(0, 5)
    .map(({ path }) => path.map(String).join('.') || 'the answer')
    .join(', ')}.`;

/**
 * Whether a success is one of the API's for a DELETE. Its description has 204 for a user's tokens and 200 for the own
 * one, without a body; an empty object may stand in its place. Anything else comes from something in between.
 * @throws when the body breaks off or stalls.
 */
async function isDone(response: Response): Promise<boolean> {
  if (response.status === 204) {
    await response.body?.cancel();
    return true;
  }
  if (response.status !== 200) {
    await response.body?.cancel();
    return false;
  }
  const body = await readBody(response, UNNEEDED_BODY_BYTES);
  if (body.kind !== 'text') return false;
  if (body.text.trim() === '') return isKnownToBeEmpty(response.headers);
  const value = parseWithoutSecrets(body.text, [])?.value;
  const typed = response.headers.has('content-type');
  return (!typed || isJson(response)) && isEmptyObject(value);
}

/** Bytes of nothing, compressed by gzip (RFC 1952). */
const NOTHING_BY_GZIP = '20';

/**
 * Whether an empty body says of itself that it is all there was. One that ends where the connection does can have been
 * cut, and a reset is then not told apart from its end (RFC 9112, 8: such an answer's wholeness cannot be checked); one
 * that is compressed and was cut unpacks to nothing. HTTP/2 has no `connection` (RFC 9113, 8.2.2), and tells of its end.
 */
function isKnownToBeEmpty(headers: Headers): boolean {
  const length = headers.get('content-length');
  if (length === '0') return true;
  const encoding = headers.get('content-encoding')?.trim() ?? '';
  if (encoding !== '' && encoding !== 'identity') return length === NOTHING_BY_GZIP;
  const connection = headers.get('connection')?.toLowerCase();
  const isChunked = headers.has('transfer-encoding');
  return connection === undefined || (isChunked && connection !== 'close');
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

const isJson = (response: Response): boolean =>
  /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(response.headers.get('content-type') ?? '');

/** Whether a success without a body is one that nothing of the API has: another status, or another type than it tells for GET. */
const isForeignSuccess = (response: Response): boolean =>
  (response.status !== 200 && response.status !== 204) ||
  (response.headers.has('content-type') && !isJson(response));

/** Whether an answer is a page for people. */
export const isWebPage = (response: Response): boolean =>
  /^(text\/html|application\/xhtml)/i.test(response.headers.get('content-type') ?? '');
