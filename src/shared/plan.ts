import type { UserState } from './directory.ts';

/**
 * Field of a user that a search looks in. `any` is what one types without saying where: each word stands somewhere in
 * name, address, department or title.
 */
export type SearchField = 'any' | 'name-or-email' | 'name' | 'email' | 'department' | 'title';

/** A local date, YYYY-MM-DD, and a time of that day, HH:MM; without one, its first moment. */
interface Moment {
  readonly day: string;
  readonly time?: string;
}

/** When a user's newest token was issued: since that moment, or before it. */
export type TokenRule =
  | ({ readonly kind: 'since' } & Moment)
  | ({ readonly kind: 'before' } & Moment)
  | { readonly kind: 'never' };

/**
 * Where users come from. A source that cannot be read yields an error, never everybody. Names are for showing;
 * `inactive` says whether inactive users belong to it too.
 */
export type TargetSource =
  | {
      readonly kind: 'list';
      readonly listId: string;
      readonly column: number;
      /** Columns of the list whose values come along, at most ten. */
      readonly details?: readonly number[];
    }
  | { readonly kind: 'user'; readonly id: string; readonly name: string }
  | { readonly kind: 'search'; readonly field: SearchField; readonly text: string }
  | { readonly kind: 'state'; readonly state: 'active' | 'inactive' }
  | { readonly kind: 'division'; readonly id: string; readonly name: string; readonly inactive: boolean }
  | { readonly kind: 'group'; readonly id: string; readonly name: string }
  | { readonly kind: 'role'; readonly id: string; readonly name: string }
  | { readonly kind: 'token'; readonly rule: TokenRule; readonly inactive: boolean }
  | { readonly kind: 'plan'; readonly savedPlanId: string }
  | { readonly kind: 'everyone'; readonly inactive: boolean };

/** What is kept back only when it is asked for. */
export interface KeepBackRules {
  /** Those who got no token since that day, or those who never got one; null keeps nobody back. */
  readonly noToken: Extract<TokenRule, { kind: 'since' | 'never' }> | null;
  readonly onCall: boolean;
}

export interface Selection {
  readonly include: readonly TargetSource[];
  /** Users of these are kept back as `excluded`, where they would have been revoked. */
  readonly exclude: readonly TargetSource[];
  readonly keepBack?: KeepBackRules;
  /** The operator's own tokens are revoked too, as the very last call. */
  readonly includeYourself?: boolean;
  /** Asks the directory again instead of using what it said since the app started. */
  readonly readAgain?: boolean;
}

/** A plan read from a file: the users whom it would revoke are a source. Kept by main, named by id. */
export interface SavedPlan {
  readonly savedPlanId: string;
  /** File name. */
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly sourceText: string;
  readonly users: number;
}

/** A user, group or role that no run of a connection touches. Labels are for showing. */
export type ProtectedEntry =
  | { readonly kind: 'user'; readonly id: string; readonly label: string }
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'group'; readonly id: string; readonly label: string }
  | { readonly kind: 'role'; readonly id: string; readonly label: string };

/** What an entry stands for now. `missing`: nobody in the org any more. `unknown`: it could not be asked. */
export interface ProtectedStatus {
  readonly entry: ProtectedEntry;
  readonly found:
    /** `counted` is what Genesys Cloud counts, where that is not what it shows. */
    | { readonly kind: 'users'; readonly users: number; readonly name: string; readonly counted?: number }
    | { readonly kind: 'missing' }
    | { readonly kind: 'unknown'; readonly message: string };
}

/** Why a row is left alone. `by-you`: the operator said so in the review. */
export const KEPT_BACK_REASONS = [
  'yourself',
  'protected',
  'excluded',
  'by-you',
  'duplicate',
  'not-found',
  'ambiguous',
  'deleted',
  'unreadable',
  'no-user-named',
  'no-token',
  'on-call',
] as const;
export type KeptBackReason = (typeof KEPT_BACK_REASONS)[number];

/** The note of a row that goes says what the operator decided about it; most have none. */
export type PlanDecision =
  | { readonly kind: 'revoke'; readonly note?: string }
  | { readonly kind: 'kept-back'; readonly reason: KeptBackReason; readonly note: string | null };

export interface PlanRow {
  /** Position in the plan, from 0: the row's identity within it. */
  readonly index: number;
  /** What the source said, trimmed: an id or an email. */
  readonly input: string;
  readonly userId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly department: string | null;
  readonly division: string | null;
  readonly state: UserState | null;
  readonly decision: PlanDecision;
  /** Line of the list, or row of its sheet; absent where the row comes from no list. */
  readonly line?: number | undefined;
  /** What other columns of the list say of the row. */
  readonly details?: readonly RowDetail[] | undefined;
}

export type RowDetail = readonly [column: string, value: string];

export interface PlanSummary {
  readonly planId: string;
  /** SHA-256, hex, over the plan's rows; a run names it, so that the evidence names its plan. */
  readonly hash: string;
  readonly connectionId: string;
  readonly createdAt: string;
  readonly sourceText: string;
  readonly total: number;
  readonly revoke: number;
  readonly keptBack: Readonly<Partial<Record<KeptBackReason, number>>>;
  readonly byDivision: readonly { readonly division: string; readonly users: number }[];
  /** API calls that resolving the plan took. */
  readonly callsUsed: number;
  /** Expected time of the run at the pace that is set now. */
  readonly estimatedSeconds: number;
  /** What must be typed to confirm: grows with the damage. Empty when nobody would be revoked. */
  readonly confirmationText: string;
  /** In the order of the selection, those to include first. */
  readonly sources: readonly PlanSource[];
  /** Protected entries that mean nobody, in words. */
  readonly protectedMissing: readonly string[];
  readonly differences: readonly ListingDifference[];
  /** The operator is among the users to revoke, and goes last. */
  readonly revokesYourself: boolean;
}

/** Rows by their index: from where, and how many; so that 100,000 of them are one short message. */
export type RowRange = readonly [from: number, count: number];

/**
 * What the operator decides in the review. It is about the users whom the rows stand for: keeping back one of two rows
 * of the same user keeps the user back.
 */
export type ReviewDecision =
  /** These users keep their tokens. */
  | { readonly kind: 'keep-back'; readonly rows: readonly RowRange[] }
  /** Of those who would go, only these do. */
  | { readonly kind: 'only'; readonly rows: readonly RowRange[] }
  /** Takes back what the operator decided about these rows; protection stays. */
  | { readonly kind: 'as-found'; readonly rows: readonly RowRange[] }
  /** Puts them on the protected list of the connection too. */
  | { readonly kind: 'protect'; readonly rows: readonly RowRange[] }
  /** Whom an ambiguous row means; null leaves it open again. */
  | { readonly kind: 'choose'; readonly row: number; readonly userId: string | null };

/** The plan after a decision: a new one, with an id and a hash of its own. */
export interface DecidedPlan {
  readonly plan: PlanSummary;
  /** Rows that are now kept back by the operator, and are otherwise as they were. */
  readonly keptBack: readonly number[];
  /** The other rows that changed; null when they are more than 10,000, and all have to be read again. */
  readonly rows: readonly PlanRow[] | null;
}

/**
 * A set of which Genesys Cloud counts another number than it shows, each time that it is read: hidden or inactive members,
 * for instance. `counted` is null for a protected one that was never the same: whoever was in it is protected.
 */
export interface ListingDifference {
  /** The name of the source, or of the protected entry. */
  readonly what: string;
  readonly counted: number | null;
  readonly shown: number;
}

/** What a source of the selection came to. */
export interface PlanSource {
  readonly role: 'include' | 'exclude';
  readonly name: string;
  /** Different users it stands for. */
  readonly users: number;
}

export interface PlanProgress {
  readonly phase: 'reading' | 'resolving' | 'reviewing';
  readonly done: number;
  readonly total: number | null;
  readonly calls: number;
  /** The source that is being read. */
  readonly source?: string;
}
