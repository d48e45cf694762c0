import type { ErrorCode } from '../../../shared/result.ts';
import type { PauseReason } from '../../../shared/run.ts';
import { AppFailure, reasonOf } from '../../failure.ts';

export interface Pause {
  readonly reason: PauseReason;
  readonly why?: string;
  readonly note?: string;
  /** Tried from time to time; the others wait for the person. */
  readonly endsAlone: boolean;
}

const alone = (reason: PauseReason): Pause => ({ reason, endsAlone: true });

/** What a look that failed for good means. The directory has tried again by itself before it says so. */
const PAUSES: Readonly<Partial<Record<ErrorCode, Pause>>> = {
  offline: alone('offline'),
  'proxy-sign-in': alone('proxy-sign-in'),
  'not-trusted': alone('not-trusted'),
  portal: alone('portal'),
  'rate-limited': alone('rate-limited'),
  'signed-out': { reason: 'sign-in-needed', endsAlone: false },
  forbidden: { reason: 'nothing-allowed', why: 'Looking at the users was refused', endsAlone: false },
  'ip-not-allowed': { reason: 'ip-not-allowed', endsAlone: false },
};

/** Why keeping out pauses when a look fails. */
export function pauseOf(error: unknown): Pause {
  const known = error instanceof AppFailure ? PAUSES[error.error.code] : undefined;
  if (known) return known;
  return { ...alone('server-failing'), why: 'The users could not be looked at', note: reasonOf(error) };
}
