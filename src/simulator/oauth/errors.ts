import type { Answer } from '../http/answers.ts';

/** The login host's error, whose shape is OAuth's, not the API's (RFC 6749, 5.2). */
export const oauthError = (status: number, error: string, description: string): Answer => ({
  status,
  body: { error, error_description: description },
});

/** Too many logins: status 400, not 429 (Terraform provider's documents). */
export const loginRateLimited = (retryAfter: number): Answer =>
  oauthError(400, 'invalid_request', `rate limit exceeded; retry in ${retryAfter} seconds`);
