import type { AppError } from './result.ts';

/** Where the records of runs are kept. */
export interface RunsFolder {
  readonly path: string;
  /** Whether it is the app's own folder, which nobody chose. */
  readonly isDefault: boolean;
}

/** After a change: what stays in the former folder, and is no longer shown. */
export interface RunsFolderChange {
  readonly folder: RunsFolder;
  readonly former: { readonly path: string; readonly runs: number; readonly resumable: number };
}

/** Everything that the app keeps on the computer, by kind. */
export type DataKind =
  | 'secrets'
  | 'connections'
  | 'protected-users'
  | 'timeout-history'
  | 'log'
  | 'settings'
  | 'runs'
  | 'cache';

export interface DataPlace {
  readonly kind: DataKind;
  /** A path; empty for what is in no file of the app's own. */
  readonly path: string;
  /** How many there are; null where they cannot be counted. */
  readonly items: number | null;
}

/** What must be typed before everything is removed; main compares it again. */
export const REMOVAL_CONFIRMATION = 'REMOVE EVERYTHING';

export interface RemovalRequest {
  readonly confirmation: string;
  /** Ends each token that is kept or in use at Genesys Cloud before it is forgotten here. */
  readonly revokeTokens: boolean;
  /** The records of runs too: the only evidence of who was revoked. */
  readonly runs: boolean;
}

/** What is still there, and why. */
export interface RemovalLeft {
  readonly kind: DataKind;
  /** A connection's name, or a path. */
  readonly what: string;
  readonly error: AppError;
}

export interface RemovalResult {
  /** What could not be removed; empty when nothing is left. */
  readonly left: readonly RemovalLeft[];
  /** What was not begun because of that, so that it can be tried again. */
  readonly untouched: readonly DataKind[];
  /** The folder of the runs that were kept on request. */
  readonly keptRuns: string | null;
}
