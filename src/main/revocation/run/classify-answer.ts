import {
  backoffMs,
  LONGEST_RETRY_AFTER_MS,
  MAX_ATTEMPTS,
  MAX_RATE_LIMITED,
  RETRY_AFTER_UNKNOWN_MS,
} from '../../retry-policy.ts';
import type { OutcomeBody } from '../journal/records.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';

/** Each refusal of the same user waits longer by as much as one without Retry-After, up to this, ms. */
const LONGEST_OWN_WAIT_MS = 60_000;

/** What has been tried for one user. */
export interface Tries {
  /** Calls made, but for those that a 429 or a 401 turned away at the door and those that were never sent. */
  readonly attempts: number;
  /** How many of them ended without a clear answer, in this session of the app. */
  readonly unclear: number;
  readonly rateLimited: number;
  readonly last: LastError | null;
  /** The sign-in of the last call that may have come and whose answer did not. */
  readonly unansweredBy: RevocationSession | null;
}

export interface LastError {
  readonly message: string;
  readonly status: number | null;
  readonly correlationId: string | null;
}

export const NO_TRIES: Tries = { attempts: 0, unclear: 0, rateLimited: 0, last: null, unansweredBy: null };

export type Settled = Pick<OutcomeBody, 'outcome' | 'note' | 'status' | 'correlationId' | 'sentAt'>;

export type Verdict =
  | { readonly kind: 'settled'; readonly settled: Settled }
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'wait-at-gate'; readonly ms: number }
  | { readonly kind: 'rate-limited'; readonly ms: number }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'ip-not-allowed' };

const settled = (
  outcome: Settled['outcome'],
  note: string | null,
  { status, correlationId, sentAt }: Omit<LastError, 'message'> & Pick<Settled, 'sentAt'>,
): Verdict => ({
  kind: 'settled',
  settled: { outcome, note, status, correlationId, ...(sentAt !== undefined && { sentAt }) },
});

function classifyRateLimited(
  answer: Extract<RevokeAnswer, { kind: 'rate-limited' }>,
  tries: Tries,
): { readonly verdict: Verdict; readonly tries: Tries } {
  const next = { ...tries, rateLimited: tries.rateLimited + 1 };
  // At first as told. What is told again and again, "0" above all, does not get anybody through.
  const longer = answer.retryAfterMs === null ? next.rateLimited : tries.rateLimited;
  const own = Math.min(LONGEST_OWN_WAIT_MS, RETRY_AFTER_UNKNOWN_MS * longer);
  const ms = Math.max(answer.retryAfterMs ?? 0, own);
  if (ms > LONGEST_RETRY_AFTER_MS) return { verdict: { kind: 'rate-limited', ms }, tries: next };
  if (next.rateLimited < MAX_RATE_LIMITED) return { verdict: { kind: 'wait-at-gate', ms }, tries: next };
  return {
    verdict: settled('failed', `Refused ${MAX_RATE_LIMITED} times by the rate limit`, answer),
    tries: next,
  };
}

/** What is answered for a user without tokens is not documented: 404 may be what an earlier call has left. */
const PERHAPS_BEFORE = 'An earlier call got no clear answer; it may have ended the tokens.';

/** The refusals that an administrator mends in different places; the vendor's description has these codes. */
const WHY_FORBIDDEN: Readonly<Record<string, string>> = {
  'app.not.authorized.for.scope':
    'The OAuth client lacks the scope “user-basic-info”, or is not authorized for it',
  'authz.policy.denied': 'An access policy of the org denies it',
  'missing.division.permission':
    'Your role does not hold OAuth > Token > Delete in the division of this user',
  'missing.any.division.permissions':
    'Your role does not hold OAuth > Token > Delete in the division of this user',
  'missing.permissions': 'Your role does not hold OAuth > Token > Delete',
  'missing.any.permissions': 'Your role does not hold OAuth > Token > Delete',
};

const whyForbidden = ({ apiCode, message }: Extract<RevokeAnswer, { kind: 'forbidden' }>): string => {
  const known = WHY_FORBIDDEN[apiCode ?? ''];
  return known === undefined ? message : `${known}: ${message}`;
};

/**
 * What an answer means for its user, and what is known of the user then.
 * @param random 0 to 1.
 */
export function classifyAnswer(
  answer: RevokeAnswer,
  tries: Tries,
  random: () => number,
): { readonly verdict: Verdict; readonly tries: Tries } {
  const tried = { ...tries, attempts: tries.attempts + 1 };
  switch (answer.kind) {
    case 'revoked':
      return { verdict: settled('revoked', null, answer), tries: tried };
    case 'not-found':
      return {
        verdict: settled('not-found', tries.last === null ? null : PERHAPS_BEFORE, answer),
        tries: tried,
      };
    case 'forbidden':
      return { verdict: settled('forbidden', whyForbidden(answer), answer), tries: tried };
    case 'refused':
      return { verdict: settled('failed', answer.message, answer), tries: tried };
    case 'signed-out':
    case 'ip-not-allowed':
      return { verdict: { kind: answer.kind }, tries };
    case 'rate-limited':
      return classifyRateLimited(answer, tries);
    case 'unclear': {
      const { message, status, correlationId } = answer;
      const next =
        answer.sent === 'no'
          ? { ...tries, unclear: tries.unclear + 1 } // no call was made; the bound holds all the same
          : { ...tried, unclear: tries.unclear + 1, last: { message, status, correlationId } };
      if (next.unclear >= MAX_ATTEMPTS)
        return { verdict: settled('failed', answer.message, answer), tries: next };
      const told = Math.min(LONGEST_RETRY_AFTER_MS, answer.retryAfterMs ?? 0);
      const afterMs = Math.max(told, backoffMs(next.unclear, random));
      return { verdict: { kind: 'retry', afterMs }, tries: next };
    }
  }
}

/** What stands for a user whose calls were cut short: an unclear one may have been carried out all the same. */
export const cutShort = ({ last }: Tries): Settled =>
  last === null
    ? { outcome: 'not-attempted', note: null, status: null, correlationId: null }
    : {
        outcome: 'failed',
        note: `Stopped before the answer was clear: ${last.message}`,
        status: last.status,
        correlationId: last.correlationId,
      };
