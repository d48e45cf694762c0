import type { ErrorCode } from '../../../shared/result.ts';
import type { PauseReason } from '../../../shared/run.ts';
import { AppFailure, reasonOf } from '../../failure.ts';

export interface Pause {
  readonly reason: PauseReason;
  readonly why: string;
  readonly note?: string;
  /** Tried from time to time; the others wait for the person. */
  readonly endsAlone: boolean;
}

const alone = (reason: PauseReason, why: string): Pause => ({ reason, why, endsAlone: true });
const waits = (reason: PauseReason, why: string): Pause => ({ reason, why, endsAlone: false });

/** What a look that failed for good means. The directory has tried again by itself before it says so. */
const PAUSES: Readonly<Partial<Record<ErrorCode, Pause>>> = {
  offline: alone('offline', 'No network'),
  'proxy-sign-in': alone('proxy-sign-in', 'The proxy wants a password'),
  'not-trusted': alone('not-trusted', 'The certificate is not trusted'),
  portal: alone('portal', 'Something else answers in the place of Genesys Cloud'),
  'rate-limited': alone('rate-limited', 'Genesys Cloud asked to wait'),
  'signed-out': waits('sign-in-needed', 'The access token is no longer valid'),
  forbidden: waits('nothing-allowed', 'Looking at the users was refused'),
  'ip-not-allowed': waits('ip-not-allowed', 'The address of this computer is not on the org’s allowlist'),
};

/** Why keeping out pauses when a look fails. */
export function pauseOf(error: unknown): Pause {
  const known = error instanceof AppFailure ? PAUSES[error.error.code] : undefined;
  if (known) return known;
  const note = reasonOf(error);
  return { ...alone('server-failing', 'The users could not be looked at'), note };
}
