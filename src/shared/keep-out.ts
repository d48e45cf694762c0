import type { RunAbout, RunState } from './run.ts';

/** For how long, in minutes; null until it is stopped. */
export const KEEP_OUT_MINUTES = [15, 60, 240, 720, null] as const;
export type KeepOutMinutes = (typeof KEEP_OUT_MINUTES)[number];

/** Most users who are kept out at once: twenty calls a look. */
export const MOST_KEPT_OUT = 2_000;

/** Of a run's revoked users: those whom the last check found signed in again, or all. */
export type KeepOutWho = 'again' | 'revoked';

export interface KeepOutRequest {
  readonly runId: string;
  readonly who: KeepOutWho;
  readonly minutes: KeepOutMinutes;
}

/** Names one keeping-out: they stand in the folder of their run. */
export interface KeepOutKey {
  readonly runId: string;
  readonly keepOutId: string;
}

/** `finished` is one whose time is over, `cancelled` one that was stopped. Times are ISO 8601. */
export interface KeepOutSummary extends KeepOutKey {
  /** Reason and ticket are those of the run; operator and connection those of whoever keeps out. */
  readonly about: RunAbout;
  readonly state: RunState;
  readonly endedWhy: string | null;
  /** Null until it is stopped. */
  readonly until: string | null;
  readonly users: number;
  /** Times that everybody was asked about. */
  readonly looks: number;
  readonly lastLookAt: string | null;
  /** Users for whom the last look was told no time: nothing is known of them. */
  readonly unknown: number;
  /** New tokens seen, and how often their user was revoked again. */
  readonly returns: number;
  readonly revoked: number;
  /** Users who signed in again, in the order of their last return. */
  readonly back: readonly KeepOutUser[];
  readonly damage: string | null;
}

/** Somebody who came back. */
export interface KeepOutUser {
  readonly userId: string;
  readonly name: string | null;
  readonly returns: number;
  /** When the newest token was issued, as Genesys Cloud says. */
  readonly issuedAt: string;
  /** When they were revoked again last; null while they were not. */
  readonly revokedAt: string | null;
  /** What kept them from being revoked; null when nothing did. */
  readonly problem: string | null;
  /** Came straight back three times: something signs in by itself. */
  readonly byItself: boolean;
}
