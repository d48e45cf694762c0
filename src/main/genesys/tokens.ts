import { z } from 'zod';
import type { VerifyResult } from '../../shared/connection.ts';
import { type Clock, nowIso } from '../clock.ts';
import type { RevokeAnswer } from '../revocation/ports.ts';
import { ApiError, NETWORK_FAILED, NO_TOKEN_ARRIVED, unexpectedAnswer } from './errors.ts';
import { isSignedOut, type ApiClient, type Attempt } from './http.ts';
import { isGuid } from './ids.ts';
import type { NetworkTrouble, Sent } from './network-failure.ts';
import { isErrorInPlaceOf, namedEntity, text, texts } from './schemas.ts';

const orgOAuthClient = z.looseObject({
  id: text,
  name: text,
  authorizedGrantType: text,
  scope: texts,
  roleDivisions: z.array(z.looseObject({ roleId: text, divisionId: text })).nullish(),
  state: text,
  dateToDelete: text,
  organization: namedEntity.nullish(),
});

/** TokenInfo: what `GET /tokens/me` says. Unknown fields stay, for "Copy as JSON". */
export const tokenInfoSchema = z.looseObject({
  organization: namedEntity.nullish(),
  homeOrganization: namedEntity.nullish(),
  authorizedScope: texts,
  clonedUser: z.looseObject({ id: text, organization: z.looseObject({ id: text }).nullish() }).nullish(),
  dateTokenIdles: text,
  OAuthClient: orgOAuthClient.nullish(),
});

export type TokenInfo = z.infer<typeof tokenInfoSchema>;

/** A role in a hundred divisions takes 10 kB. */
const MAX_TOKEN_INFO_BYTES = 1_000_000;

const ME = '/api/v2/tokens/me';
const TOKEN_INFO = {
  method: 'GET',
  path: ME,
  query: { preserveIdleTTL: true },
  schema: tokenInfoSchema.refine((info) => !isErrorInPlaceOf(tokenInfoSchema.shape, info)),
  maxBodyBytes: MAX_TOKEN_INFO_BYTES,
} as const;

/** What the token is. Leaves its idle countdown alone (`preserveIdleTTL`). @throws ApiError */
export async function getTokenInfo(client: ApiClient, signal: AbortSignal): Promise<TokenInfo> {
  return (await client.request(TOKEN_INFO, signal)).body;
}

/**
 * Whether a refusal says that the token itself is no longer taken.
 * @throws ApiError when it says that none arrived: something in between takes it off, and it may live on.
 */
function isDead(attempt: Attempt<unknown>): boolean {
  if (attempt.kind !== 'refused' || !isSignedOut(attempt)) return false;
  const { details } = attempt.error.error;
  if (details?.apiCode !== NO_TOKEN_ARRIVED) return true;
  const message = 'The call arrived without its token, which may still be valid: a proxy may take it off.';
  throw new ApiError({ code: 'unexpected-answer', message, details });
}

/**
 * `HEAD /tokens/me`: 2xx is valid, 401 invalid. It resets the token's idle countdown: the operation has no parameter
 * to leave it alone. A 401 without a body can also be about the address of this computer, and a success that is not as
 * the API's may come from something in between, so GET is asked for its words.
 * @throws ApiError for any other answer, which says nothing about the token.
 */
export async function verifyToken(
  client: ApiClient,
  clock: Clock,
  signal: AbortSignal,
): Promise<VerifyResult> {
  await client.pacer.acquire(signal, 'look-up');
  const started = clock.monotonic();
  const attempt = await client.sendOnce(
    { method: 'HEAD', path: ME, schema: null, ignoreSignedOut: true },
    signal,
  );
  const latencyMs = Math.round(clock.monotonic() - started);
  const at = nowIso(clock);
  if (attempt.kind === 'answered') {
    const { status, correlationId } = attempt.answer;
    return { valid: true, status, latencyMs, at, correlationId };
  }
  const isOdd = attempt.kind === 'unusable' && attempt.error.error.code !== 'portal';
  if (isOdd || (attempt.kind === 'refused' && attempt.status === 401)) {
    await client.pacer.acquire(signal);
    const inWords = await client.sendOnce(TOKEN_INFO, signal);
    if (isDead(inWords)) {
      const correlationId = inWords.kind === 'refused' ? inWords.correlationId : null;
      return { valid: false, status: 401, latencyMs, at, correlationId };
    }
    if (inWords.kind !== 'answered') throw inWords.error;
    const { status, correlationId } = inWords.answer;
    if (isOdd) return { valid: true, status, latencyMs, at, correlationId };
    throw unexpectedAnswer({ method: 'HEAD', path: ME }, 'HEAD is refused with 401, GET is not.', 401);
  }
  throw attempt.error;
}

/**
 * Ends the token that makes the call. A 401 means that it had ended already, which is as good; one that is about the
 * address of this computer does not.
 * @throws ApiError
 */
export async function deleteMyToken(client: ApiClient, signal: AbortSignal): Promise<void> {
  await client.pacer.acquire(signal);
  const attempt = await client.sendOnce(
    { method: 'DELETE', path: ME, schema: null, ignoreSignedOut: true },
    signal,
  );
  if (attempt.kind === 'answered' || isDead(attempt)) return;
  throw attempt.error;
}

/**
 * One attempt at ending every token of a user, not paced: the runner has passed the gate.
 * @throws only the signal's reason when aborted.
 */
export async function revokeUserTokens(
  client: ApiClient,
  userId: string,
  signal: AbortSignal,
): Promise<RevokeAnswer> {
  if (!isGuid(userId)) {
    // "me" would end the caller's own token.
    return { kind: 'refused', status: 0, correlationId: null, message: 'This is not the id of a user.' };
  }
  const attempt = await client.sendOnce(
    { method: 'DELETE', path: `/api/v2/tokens/${userId}`, schema: null },
    signal,
  );
  if (attempt.kind === 'answered') {
    const { status, correlationId, sentAt } = attempt.answer;
    const time = sentAt === null ? {} : { sentAt: new Date(sentAt).toISOString() };
    return { kind: 'revoked', status, correlationId, ...time };
  }
  const { message, details } = attempt.error.error;
  const unclear = (
    trouble: NetworkTrouble | null = null,
    sent: Sent = 'maybe',
    retryAfterMs: number | null = null,
  ): RevokeAnswer => ({
    kind: 'unclear',
    status: details?.status ?? null,
    correlationId: details?.correlationId ?? null,
    message,
    trouble,
    sent,
    retryAfterMs,
  });
  if (attempt.kind === 'no-answer') return unclear(attempt.trouble, attempt.sent);
  if (attempt.kind === 'unusable') return unclear(attempt.error.error.code === 'portal' ? 'portal' : null);

  const { status, correlationId } = attempt;
  const answered = { status, correlationId };
  const inWords = { message, ...(details?.apiCode && { apiCode: details.apiCode }) };
  if (attempt.error.error.code === 'ip-not-allowed') return { kind: 'ip-not-allowed', ...answered, message };
  if (status === 401) return attempt.renewed ? unclear() : { kind: 'signed-out', ...answered, ...inWords };
  if (status === 403) return { kind: 'forbidden', ...answered, ...inWords };
  if (status === 429) return { kind: 'rate-limited', ...answered, retryAfterMs: attempt.retryAfterMs };
  if (status === 404) return { kind: 'not-found', ...answered };
  // A conflict is with another request, and passes with it; the code is how the vendor tells of its own network.
  if (status === 408 || status === 409 || status >= 500 || details?.apiCode === NETWORK_FAILED)
    return unclear(null, 'maybe', attempt.retryAfterMs);
  return { kind: 'refused', ...answered, message };
}
