import type { KeepOutSummary } from '../../shared/keep-out.ts';
import type { ListProgress } from '../../shared/list.ts';
import type { PlanProgress, ProtectedEntry } from '../../shared/plan.ts';
import type { RunProgress, VerificationProgress } from '../../shared/run.ts';
import type { Clock } from '../clock.ts';
import { notSignedIn } from '../failure.ts';
import type { ListReader } from './lists/worker-reader.ts';
import type { RevocationSession } from './ports.ts';

/** What the room of revocation is given. */
export interface RevocationDeps {
  /** Folder of all runs, as it is now; made when the first one starts. Never changes while a run goes on. */
  readonly runsDir: () => string;
  readonly appVersion: string;
  readonly clock: Clock;
  /** 0 to 1: for ids and jitter, no secrets. */
  readonly random: () => number;
  /** Who is signed in now; null when nobody is. */
  readonly session: () => RevocationSession | null;
  readonly onProgress: (progress: RunProgress) => void;
  /** Whom no run of that connection touches. While this fails, no plan is made. */
  readonly protectedEntries: (connectionId: string) => Promise<readonly ProtectedEntry[]>;
  /** Reads a list, away from main's own thread. */
  readonly readList: ListReader;
  readonly onListProgress: (progress: ListProgress) => void;
  readonly saveProtected: (connectionId: string, entries: readonly ProtectedEntry[]) => Promise<unknown>;
  readonly onPlanProgress: (progress: PlanProgress) => void;
  readonly onVerificationProgress: (progress: VerificationProgress) => void;
  readonly onKeepOut: (summary: KeepOutSummary) => void;
  /** The clock by which users are kept out, where it is another: tests let an hour pass in seconds. */
  readonly keepOutClock?: Clock;
}

/** What is about to be done, under which session, and whether both are still what they were. */
export interface Ready<T> {
  readonly what: T;
  readonly session: RevocationSession;
  readonly holds: () => boolean;
}

/** Most rows in one answer (contract: Page). */
export const MAX_PAGE = 10_000;

/** Users that a dialog names, at most; the others are counted. */
export const MOST_NAMES = 5;

/** @throws AppFailure `signed-out` */
export function signedIn({ session }: Pick<RevocationDeps, 'session'>): RevocationSession {
  const current = session();
  if (!current) throw notSignedIn();
  return current;
}
