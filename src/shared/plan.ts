/** A list somebody pasted or opened, kept by main; the renderer names it by id. */
export interface ListPreview {
  readonly listId: string;
  /** File name, or "Pasted list". */
  readonly name: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly delimiter: ',' | ';' | '\t' | '|' | null;
  readonly hasHeader: boolean;
  readonly columns: readonly ListColumn[];
  /** Index into `columns` of the one that identifies users; null when none does. */
  readonly identifierColumn: number | null;
  /** Rows with a value in the identifier column. */
  readonly rows: number;
}

export interface ListColumn {
  readonly index: number;
  readonly name: string;
  readonly samples: readonly string[];
  readonly ids: number;
  readonly emails: number;
}

/** Where users come from. A source that cannot be read yields an error, never everybody. */
export type TargetSource = { readonly kind: 'list'; readonly listId: string; readonly column: number };

export interface Selection {
  readonly include: readonly TargetSource[];
  readonly exclude: readonly TargetSource[];
}

export type KeptBackReason =
  'yourself' | 'protected' | 'excluded' | 'duplicate' | 'not-found' | 'ambiguous' | 'deleted' | 'unreadable';

export type PlanDecision =
  | { readonly kind: 'revoke' }
  | { readonly kind: 'kept-back'; readonly reason: KeptBackReason; readonly note: string | null };

export type UserState = 'active' | 'inactive' | 'deleted';

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
}

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
}

export interface PlanProgress {
  readonly phase: 'reading' | 'resolving' | 'reviewing';
  readonly done: number;
  readonly total: number | null;
  readonly calls: number;
}
