import type { Clock } from '../../clock.ts';
import { reasonOf } from '../../failure.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';

/** A token that ends within this is not used for another call, ms: its answer could be a 401 that says nothing. */
const TOKEN_MARGIN_MS = 15_000;

/** Whether the session's token is too near its end for another call. */
export const tokenEndsSoon = ({ tokenExpiresAt }: RevocationSession, clock: Clock): boolean => {
  const at = tokenExpiresAt?.() ?? null;
  return at !== null && at - clock.now() < TOKEN_MARGIN_MS;
};

/** Calls for one user, once; whatever is thrown is no clear answer. @returns null when it was cut short. */
export async function revokeOnce(
  session: RevocationSession,
  userId: string,
  hardStop: AbortSignal,
): Promise<RevokeAnswer | null> {
  try {
    return await session.revokeUserTokens(userId, hardStop);
  } catch (error) {
    if (hardStop.aborted) return null;
    const message = reasonOf(error);
    return { kind: 'unclear', status: null, correlationId: null, message, trouble: null, sent: 'maybe' };
  }
}
