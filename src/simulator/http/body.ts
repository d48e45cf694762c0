import type { IncomingMessage } from 'node:http';
import { ApiFailure, badRequest } from './answers.ts';

/** The API's `request.bytes.max`. */
export const MAX_BODY_BYTES = 512_000;

/**
 * Reads a request's body, never holding more than the limit.
 * @throws {ApiFailure} 413 when it is larger.
 */
export const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    else if (bytes > 4 * MAX_BODY_BYTES) break; // a little is read to its end, so that the answer arrives
  }
  if (bytes > MAX_BODY_BYTES) {
    throw new ApiFailure({
      status: 413,
      code: 'request.entity.too.large',
      message: `The request is larger than ${MAX_BODY_BYTES} bytes.`,
      headers: { connection: 'close' },
    });
  }
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * @returns the parsed body, undefined when there is none.
 * @throws {ApiFailure} 415 for another content type, 400 for text that is not JSON.
 */
export const parseJson = (text: string, contentType: string | undefined): unknown => {
  if (text === '') return undefined;
  if (!/^application\/json\b/i.test(contentType ?? '')) {
    throw new ApiFailure({
      status: 415,
      code: 'unsupported.media.type',
      message: 'The content type must be application/json.',
    });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The request body is not valid JSON.', 'invalid.value');
  }
};
