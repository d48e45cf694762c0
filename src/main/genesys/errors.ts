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

/** The API's 400 for a call that failed within the vendor's network: it may be tried again. */
export const NETWORK_FAILED = 'client.failed.request';

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
  // By its description a failure of the vendor's own network, and no fault of what was sent.
  if (apiCode === NETWORK_FAILED) return 'server-failed';
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
