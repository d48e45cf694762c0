import type { Connection } from '../../shared/connection.ts';
import type { UserState } from '../../shared/plan.ts';
import type { Pacer } from '../genesys/pacing.ts';

/** A user as the planner needs it. */
export interface DirectoryUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly department: string | null;
  readonly division: string | null;
  readonly state: UserState;
}

/** Looking users up. Paced, retried and paged inside; a call that fails for good throws, so that a set is never silently smaller. */
export interface Directory {
  /** At most 100 ids a call (the API's `max.user.ids`); inactive and deleted users too; unknown ids are absent. */
  usersByIds(ids: readonly string[], signal: AbortSignal): Promise<readonly DirectoryUser[]>;
  /** At most 100 addresses a call, compared without case; users of every state; several users can share an address. */
  usersByEmails(emails: readonly string[], signal: AbortSignal): Promise<readonly DirectoryUser[]>;
  /** API calls made through this directory so far. */
  readonly calls: number;
}

interface Answered {
  readonly status: number;
  readonly correlationId: string | null;
}

/** One attempt at `DELETE /tokens/{userId}`: every way it can end. Never an exception, but for an abort. */
export type RevokeAnswer =
  | ({ readonly kind: 'revoked' } & Answered)
  | ({ readonly kind: 'not-found' } & Answered)
  | ({ readonly kind: 'forbidden'; readonly message: string } & Answered)
  | ({ readonly kind: 'signed-out'; readonly message: string } & Answered)
  /** `retryAfterMs` is null when the answer did not say. */
  | ({ readonly kind: 'rate-limited'; readonly retryAfterMs: number | null } & Answered)
  /** 408, 5xx, a timeout, a reset: may be tried again, since revoking twice does no harm. */
  | {
      readonly kind: 'unclear';
      readonly status: number | null;
      readonly correlationId: string | null;
      readonly message: string;
      readonly offline: boolean;
    }
  /** Any other 4xx: trying again would not help. */
  | ({ readonly kind: 'refused'; readonly message: string } & Answered);

/** Who is signed in, as far as revoking users needs it. */
export interface RevocationSession {
  readonly connection: Connection;
  /** Id is null for client credentials, which have no user. */
  readonly operator: { readonly userId: string | null; readonly name: string };
  readonly directory: Directory;
  /** One attempt, not paced: the runner has passed the gate. */
  revokeUserTokens(userId: string, signal: AbortSignal): Promise<RevokeAnswer>;
  readonly pacer: Pacer;
}
