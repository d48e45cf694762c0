import { ApiFailure } from './http/answers.ts';
import type { Settings } from './options.ts';
import type { Token } from './tokens/store.ts';

export const LIMITS_NAMESPACE = 'platform.api';

/** The configured limit as Genesys names limits: per minute. */
export const callsPerMinute = ({ limit, windowSeconds }: Pick<Settings, 'limit' | 'windowSeconds'>): number =>
  Math.max(1, Math.round((limit * 60) / windowSeconds));

/** A 429 as the API gives it, with how long to wait. @param limit which limit was hit, where its name is known. */
const rateLimited = (retryAfter: number, limit?: ApiFailure['failure']['limit']): ApiFailure =>
  new ApiFailure({
    status: 429,
    code: 'too.many.requests',
    message: `Rate limit exceeded the maximum. Retry the request in [${retryAfter}] seconds`,
    params: { retryAfter: String(retryAfter) },
    messageWithParams: 'Rate limit exceeded the maximum. Retry the request in [{retryAfter}] seconds',
    headers: { 'retry-after': String(retryAfter) },
    ...(limit && { limit }),
  });

export const tooManyRequests = (token: Token, retryAfter: number, settings: Settings): ApiFailure =>
  rateLimited(retryAfter, {
    key: token.user ? 'token.rate.per.minute' : 'client.credentials.token.rate.per.minute',
    namespace: LIMITS_NAMESPACE,
    value: callsPerMinute(settings),
  });

/** Of a search: the limit's name is not known. */
export const tooManySearches = (retryAfter: number): ApiFailure => rateLimited(retryAfter);
