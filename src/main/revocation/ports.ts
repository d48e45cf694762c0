import type { Connection } from '../../shared/connection.ts';
import type { FoundPerson } from '../../shared/directory.ts';
import type { SearchField } from '../../shared/plan.ts';
import type { NetworkTrouble, Sent } from '../genesys/network-failure.ts';
import type { Listing } from '../listing.ts';
import type { Pacer } from '../genesys/pacing.ts';

/** A user as the planner needs it. */
export type DirectoryUser = Omit<FoundPerson, 'title' | 'lastTokenIssued'>;

/** A user, and the name they sign in with. */
export interface NamedUser extends DirectoryUser {
  readonly username: string;
}

/** The division of a user by id, and when the newest token was issued: what filters go by. Null where there is none. */
export interface ListedUser extends DirectoryUser {
  readonly divisionId: string | null;
  /** ISO 8601. The API adds it as best effort: null means never, or not told. */
  readonly lastTokenIssued: string | null;
}

/** What a user does now. Never kept: the next moment it may be different. */
export interface UserActivity {
  readonly id: string;
  readonly lastTokenIssued: string | null;
  /** Null where the API did not say. */
  readonly onCall: boolean | null;
}

/** How far a paged answer is. */
export type OnPage = (done: number, total: number) => void;

/** Looking users up. Paced, retried and paged inside; a call that fails for good throws, so that a set is never silently smaller. */
export interface Directory {
  /** At most 100 ids a call (the API's `max.user.ids`); inactive and deleted users too; unknown ids are absent. */
  usersByIds(ids: readonly string[], signal: AbortSignal): Promise<readonly DirectoryUser[]>;
  /** At most 50 addresses a call (api-limits.ts), compared without case; users of every state; several users can share an address. */
  usersByEmails(emails: readonly string[], signal: AbortSignal): Promise<Listing<DirectoryUser>>;
  /** As `usersByEmails`, by the name that users sign in with. */
  usersByUsernames(usernames: readonly string[], signal: AbortSignal): Promise<Listing<NamedUser>>;
  /** Every user of that state, by the largest pages, with the newest token. Throws `too-many-users` where the API cannot list them all. */
  usersOfState(
    state: 'active' | 'inactive',
    signal: AbortSignal,
    onPage: OnPage,
  ): Promise<Listing<ListedUser>>;
  /** Active and inactive users whose field holds the text, case aside. Throws `too-many-users` beyond what a search can show. */
  searchUsers(
    field: SearchField,
    text: string,
    signal: AbortSignal,
    onPage: OnPage,
  ): Promise<Listing<DirectoryUser>>;
  /** Members of a group, those by rules too. Throws `not-found` when there is no such group. */
  groupMembers(groupId: string, signal: AbortSignal, onPage: OnPage): Promise<Listing<DirectoryUser>>;
  /** Ids of those who hold a role. Throws `not-found` when there is no such role. */
  roleMembers(roleId: string, signal: AbortSignal, onPage: OnPage): Promise<Listing<string>>;
  /** At most 100 ids a call. What `about` does not name is null. */
  activityOf(
    ids: readonly string[],
    about: readonly ('last-token' | 'on-call')[],
    signal: AbortSignal,
  ): Promise<readonly UserActivity[]>;
  /** At most 100 ids a call: what tells namesakes apart. Unknown ids are absent. */
  profilesOf(ids: readonly string[], signal: AbortSignal): Promise<readonly FoundPerson[]>;
  /** API calls made through this directory so far. */
  readonly calls: number;
}

interface Answered {
  readonly status: number;
  readonly correlationId: string | null;
}

/** One attempt at `DELETE /tokens/{userId}`: every way it can end. Never an exception, but for an abort. */
export type RevokeAnswer =
  /** `sentAt`: by the server's clock, ISO 8601; a token that was issued later may live. Absent where the server told no time. */
  | ({ readonly kind: 'revoked'; readonly sentAt?: string } & Answered)
  | ({ readonly kind: 'not-found' } & Answered)
  /** `apiCode` is the API's own, e.g. `missing.any.permissions`. */
  | ({ readonly kind: 'forbidden'; readonly message: string; readonly apiCode?: string } & Answered)
  | ({ readonly kind: 'signed-out'; readonly message: string; readonly apiCode?: string } & Answered)
  /** The org takes calls from certain addresses only, and this computer's is not among them. */
  | ({ readonly kind: 'ip-not-allowed'; readonly message: string } & Answered)
  /** `retryAfterMs` is null when the answer did not say. */
  | ({ readonly kind: 'rate-limited'; readonly retryAfterMs: number | null } & Answered)
  /**
   * 408, 5xx, a timeout, a reset, an answer that is not in the API's words: may be tried again, since revoking twice does
   * no harm.
   */
  | {
      readonly kind: 'unclear';
      readonly status: number | null;
      readonly correlationId: string | null;
      readonly message: string;
      /** What stood in the way; null for an answer of the server that is not clear. */
      readonly trouble: NetworkTrouble | null;
      /** `no`: the server certainly has not acted. */
      readonly sent: Sent;
      /** What the server asks to wait, where it says so. */
      readonly retryAfterMs?: number | null;
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
  /** When the token ends that only the person can renew, ms since the epoch; null when unknown, or renewed by itself. */
  readonly tokenExpiresAt?: () => number | null;
}
