import type { NamedEntity } from './connection.ts';
import type { RowDetail } from './plan.ts';

export const PAUSE_REASONS = [
  'by-you',
  'offline',
  'portal',
  'not-trusted',
  'proxy-sign-in',
  'server-failing',
  'rate-limited',
  'sign-in-needed',
  'nothing-allowed',
  'ip-not-allowed',
  'journal-not-writable',
  'asleep',
] as const;

export type PauseReason = (typeof PAUSE_REASONS)[number];

/** Times are ISO 8601. `interrupted` is what a crash, a power cut or a quit leaves: it can be resumed. */
export type RunState =
  | { readonly kind: 'planned' }
  | { readonly kind: 'running' }
  | {
      readonly kind: 'paused';
      readonly reason: PauseReason;
      readonly since: string;
      readonly until: string | null;
      /** What exactly, in a sentence, where the reason alone does not tell. */
      readonly note?: string;
    }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'cancelled'; readonly at: string }
  | { readonly kind: 'finished'; readonly at: string };

/** Each user of a run ends with exactly one. `would-revoke` is the outcome of a dry run. */
export const OUTCOMES = [
  'revoked',
  'would-revoke',
  'not-found',
  'forbidden',
  'failed',
  'kept-back',
  'not-attempted',
] as const;

export type OutcomeKind = (typeof OUTCOMES)[number];

export type OutcomeCounts = Readonly<Record<OutcomeKind, number>>;

/** Nobody has an outcome yet. */
export const NO_COUNTS: OutcomeCounts = {
  revoked: 0,
  'would-revoke': 0,
  'not-found': 0,
  forbidden: 0,
  failed: 0,
  'kept-back': 0,
  'not-attempted': 0,
};

export interface OutcomeRow {
  readonly index: number;
  readonly userId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly input: string;
  readonly outcome: OutcomeKind;
  /** Why it was kept back, or the last error's message. */
  readonly note: string | null;
  readonly attempts: number;
  readonly status: number | null;
  readonly at: string | null;
  readonly correlationId: string | null;
  /** Of who was revoked: when the call was sent by the server's clock, ISO 8601; `at` is by this computer's. */
  readonly sentAt?: string | undefined;
  /** Line of the list, or row of its sheet, that the row comes from. */
  readonly line?: number | undefined;
  /** What other columns of the list say of it. */
  readonly details?: readonly RowDetail[] | undefined;
}

/** Whom a run belongs to and why it is made, as its journal says: the connection in use may be another one by now. */
export interface RunAbout {
  readonly connectionId: string;
  readonly connectionLabel: string;
  /** AWS region, a custom API base, or `demo`; empty where the journal does not tell. */
  readonly region: string;
  readonly organization: NamedEntity;
  readonly demo: boolean;
  readonly operator: string;
  /** Null for client credentials, which have no user, and where the journal does not tell. */
  readonly operatorId: string | null;
  readonly reason: string;
  readonly ticket: string;
  /** Who was chosen, in words; null for runs of versions that did not keep it. */
  readonly choice: string | null;
  readonly createdAt: string;
}

export interface RunSummary extends RunAbout {
  readonly runId: string;
  readonly state: RunState;
  readonly dryRun: boolean;
  readonly planHash: string;
  /** The run whose failures this one retries. */
  readonly parent: string | null;
  /** Null until the run ends. */
  readonly endedAt: string | null;
  /** Why it ended, in the words of the journal; null until then. */
  readonly endedWhy: string | null;
  /** Users to revoke, without those kept back. */
  readonly users: number;
  readonly counts: OutcomeCounts;
  /**
   * Users whose call was begun and whose answer is not recorded: revoked or not. Counted as failed; resuming calls again
   * for them. Of a damaged record, all whose outcome cannot be read.
   */
  readonly unanswered: number;
  /** Set when the journal or the plan is damaged: what is still certain is shown, resuming is refused. */
  readonly damage: string | null;
  /** Another Tokendesk is at it now, here or on another computer: it is neither interrupted nor this one's to steer. */
  readonly elsewhere: boolean;
}

/** Sent at most five times a second, never once per user. */
export interface RunProgress {
  readonly runId: string;
  readonly about: RunAbout;
  readonly state: RunState;
  readonly dryRun: boolean;
  readonly users: number;
  readonly counts: OutcomeCounts;
  readonly inFlight: number;
  /** Revocations per minute, over the last 30 s of running. */
  readonly ratePerMinute: number;
  /** What the pacing gate allows now, calls per minute. */
  readonly pacePerMinute: number;
  readonly limitPerMinute: number;
  readonly secondsLeft: number | null;
  readonly tooManyRequests: number;
  readonly retries: number;
  /** Outcomes per second of the last 120 s, oldest first. */
  readonly throughput: readonly number[];
  /** The newest failures, newest first, at most 50. */
  readonly recentFailures: readonly OutcomeRow[];
  /** The newest outcomes of whatever kind, newest first, at most 10. */
  readonly recentOutcomes: readonly OutcomeRow[];
}

/** `pdf` is the page of `html`, printed. */
export type ReportFormat = 'csv' | 'json' | 'html' | 'pdf';

/** A time in which a run did not go on. Shares count from the left edge of the picture, 0 to 1. */
export interface TimelineBreak {
  readonly kind: PauseReason | 'interrupted';
  /** ISO 8601. */
  readonly at: string;
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
}

/** How the outcomes of a run came. While the app was closed no time passes in it. */
export interface RunTimeline {
  /** First and last record of the run, ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly bucketSeconds: number;
  /** At most 120, oldest first; `at` is where a bucket begins. Kinds that did not come are left out. */
  readonly buckets: readonly {
    readonly at: string;
    readonly counts: Partial<OutcomeCounts>;
  }[];
  /** In order of time; of very many the 100 longest. */
  readonly breaks: readonly TimelineBreak[];
  readonly breaksLeftOut: number;
}

/** What the directory said of a run's revoked users some time later. */
export interface RunVerification {
  /** ISO 8601. */
  readonly at: string;
  /** Who asked. */
  readonly operator: string;
  /** Revoked users asked about. */
  readonly checked: number;
  /** How many of them the directory tells no time for: nothing is known. */
  readonly unknown: number;
  /** API calls it took. */
  readonly calls: number;
  /** How many have got a token since. */
  readonly againCount: number;
  /** Of those the first 1,000, in the order of the plan. */
  readonly again: readonly {
    readonly index: number;
    readonly userId: string | null;
    readonly name: string | null;
    /** ISO 8601. */
    readonly tokenIssuedAt: string;
  }[];
}

/** What is kept beside a run's journal. */
export interface RunVerifications {
  /** Null when nobody has asked yet. */
  readonly latest: RunVerification | null;
  /** How many were made before that one. */
  readonly earlier: number;
  /** What is wrong with their record; null when it is whole. */
  readonly damage: string | null;
  /** False when the latest could not be written down: it is shown, and then gone. */
  readonly recorded: boolean;
}

/** How far a verification is, in revoked users. */
export interface VerificationProgress {
  readonly runId: string;
  readonly asked: number;
  readonly users: number;
}

export interface RunStartRequest {
  readonly planId: string;
  readonly dryRun: boolean;
  readonly reason: string;
  readonly ticket: string;
  /** What the person typed; main compares it with the plan's `confirmationText` where that asks for something. */
  readonly confirmation: string;
}
