import { z } from 'zod';
import { AppFailure } from '../failure.ts';
import type { ApiClient } from './http.ts';
import { DEFAULT_LIMIT_PER_MINUTE } from './pacing.ts';
import { text } from './schemas.ts';

/** LimitsEntityListing. */
export const limitsSchema = z.looseObject({
  entities: z.array(z.looseObject({ key: text, namespace: text, value: z.number().nullish() })).nullish(),
});

/** `org.app.user` counts a client with a user, so it says nothing about client credentials. */
const KEYS = {
  user: ['token.rate.per.minute', 'org.app.user.rate.per.minute'],
  client: ['client.credentials.token.rate.per.minute'],
} as const;

/**
 * Calls per minute that this token may make, as the org's live limits say; the smallest of those that apply. The
 * default when they cannot be read, since a limit that is too low only costs time.
 * @throws ApiError when the token is dead or there is no network.
 */
export async function readRateLimit(
  client: ApiClient,
  holder: 'user' | 'client',
  signal: AbortSignal,
): Promise<number> {
  const path = '/api/v2/organizations/limits/namespaces/platform.api';
  try {
    const { body } = await client.request({ method: 'GET', path, schema: limitsSchema }, signal);
    const keys: readonly string[] = KEYS[holder];
    const values = (body.entities ?? [])
      .filter(({ key }) => keys.includes(key ?? ''))
      .flatMap(({ value }) => (typeof value === 'number' && value >= 1 ? [Math.floor(value)] : []));
    return values.length > 0 ? Math.min(...values) : DEFAULT_LIMIT_PER_MINUTE;
  } catch (error) {
    if (isRefusal(error)) return DEFAULT_LIMIT_PER_MINUTE;
    throw error;
  }
}

/** Whether the API would not answer this one question: no reason to give up on everything else. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof AppFailure &&
  [
    'forbidden',
    'bad-request',
    'not-found',
    'conflict',
    'server-failed',
    'unexpected-answer',
    'portal',
  ].includes(error.error.code);
