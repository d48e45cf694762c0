import { z } from 'zod';
import type { RateLimitSource } from '../../shared/app.ts';
import { AppFailure } from '../failure.ts';
import type { ApiClient } from './http.ts';
import { DEFAULT_LIMIT_PER_MINUTE } from './pacing.ts';
import { text } from './schemas.ts';

/** LimitsEntityListing. One value that is no number must not cost the others. */
export const limitsSchema = z.looseObject({
  entities: z
    .array(z.looseObject({ key: text, namespace: text, value: z.number().nullish().catch(null) }))
    .nullish(),
});

/**
 * Which of the org's limits count the calls of a token. A client's own stands for it alone; `token.` only where that is
 * not told. Beside each other they all hold, so the smallest is what can be used.
 * https://developer.genesys.cloud/organization/organization/limits#platform-api
 */
const KEYS = {
  user: [
    'token.rate.per.minute',
    'ui.token.rate.per.minute',
    'org.app.user.rate.per.minute',
    'org.user.rate.per.minute',
  ],
  client: ['client.credentials.token.rate.per.minute', 'token.rate.per.minute'],
} as const;

/** No limit of calls is less, and none is told that is more: the largest that is documented is 3,000. */
const LEAST_BELIEVABLE = 1;
const MOST_BELIEVABLE = 10_000;

/** Calls per minute that a token may make, and why it is taken to be so many. */
export interface RateLimit {
  readonly perMinute: number;
  readonly source: RateLimitSource;
}

const assumed = (why: Extract<RateLimitSource, { kind: 'assumed' }>['why']): RateLimit => ({
  perMinute: DEFAULT_LIMIT_PER_MINUTE,
  source: { kind: 'assumed', why },
});

/**
 * Calls per minute that this token may make, as the org's live limits say: the smallest believable of those that apply.
 * The default when they cannot be read or believed, since a limit that is too low only costs time.
 * @throws ApiError when the token is dead or there is no network.
 */
export async function readRateLimit(
  client: ApiClient,
  holder: 'user' | 'client',
  signal: AbortSignal,
): Promise<RateLimit> {
  const path = '/api/v2/organizations/limits/namespaces/platform.api';
  try {
    const spec = { method: 'GET', path, schema: limitsSchema, optional: true } as const;
    return smallestOf((await client.request(spec, signal)).body.entities ?? [], holder);
  } catch (error) {
    if (isRefusal(error)) return assumed('not-answered');
    throw error;
  }
}

function smallestOf(
  entities: readonly { readonly key?: string | null | undefined; readonly value?: unknown }[],
  holder: 'user' | 'client',
): RateLimit {
  const told = entities.filter(({ key }) => (KEYS[holder] as readonly string[]).includes(key ?? ''));
  const believable = told.flatMap(({ key, value }) =>
    typeof value === 'number' && value >= LEAST_BELIEVABLE && value <= MOST_BELIEVABLE
      ? [{ key: key ?? '', perMinute: Math.floor(value) }]
      : [],
  );
  const own = believable.filter(({ key }) => key === KEYS.client[0]);
  const candidates = holder === 'client' && own.length > 0 ? own : believable;
  const [smallest] = candidates.toSorted((a, b) => a.perMinute - b.perMinute);
  if (!smallest) return assumed(told.length > 0 ? 'not-believable' : 'not-told');
  return { perMinute: smallest.perMinute, source: { kind: 'told', key: smallest.key } };
}

/** Whether the API would not answer this one question: no reason to give up on everything else. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof AppFailure &&
  [
    'forbidden',
    'bad-request',
    'not-found',
    'conflict',
    'rate-limited',
    'timed-out',
    'server-failed',
    'unexpected-answer',
    'portal',
  ].includes(error.error.code);
