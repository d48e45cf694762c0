import type { PauseReason } from '../../../shared/run.ts';
import type { NetworkTrouble } from '../../genesys/network-failure.ts';
import type { RevokeAnswer } from '../ports.ts';

/** Why a run pauses, as its journal says it, where nothing more exact is known. */
export const PAUSE_WHY: Readonly<Record<PauseReason, string>> = {
  'by-you': 'Paused by the operator',
  offline: 'No network',
  portal: 'Something else answers in the place of Genesys Cloud',
  'not-trusted': 'The certificate is not trusted',
  'proxy-sign-in': 'The proxy wants a password',
  'server-failing': 'Genesys Cloud fails',
  'rate-limited': 'Genesys Cloud asked to wait',
  'sign-in-needed': 'The access token is no longer valid',
  'nothing-allowed': 'Everything was refused',
  'ip-not-allowed': 'The address of this computer is not on the org’s allowlist',
  'journal-not-writable': 'The journal could not be written',
  asleep: 'The computer goes to sleep',
};

interface Block {
  readonly reason: PauseReason;
  /** So many calls in a row, and the run pauses instead of using up its users' attempts. */
  readonly inARow: number;
}

/** What stands between this computer and the server, whoever a call is for. A certificate or a proxy is the same for all. */
const BLOCKS: Readonly<Partial<Record<NetworkTrouble, Block>>> = {
  offline: { reason: 'offline', inARow: 3 },
  'proxy-sign-in': { reason: 'proxy-sign-in', inARow: 1 },
  'not-trusted': { reason: 'not-trusted', inARow: 1 },
  portal: { reason: 'portal', inARow: 3 },
};

/** What stands between this computer and the server, as an answer tells; null when nothing does. */
export const blockOf = (answer: RevokeAnswer): Block | null =>
  (answer.kind === 'unclear' && answer.trouble !== null && BLOCKS[answer.trouble]) || null;
