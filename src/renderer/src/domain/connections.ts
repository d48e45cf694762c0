import type { Connection } from '../../../shared/connection.ts';
import type { RunAbout, RunProgress } from '../../../shared/run.ts';

/** Whether it leads to the organization on this computer. */
export const isDemo = (connection: Connection): boolean => connection.region.kind === 'demo';

/** Whether a run is another connection's than the one in use; whatever is not known to be the same, is. */
export const isElsewhere = (about: RunAbout, inUse: Connection | null): boolean =>
  about.connectionId !== inUse?.id;

/** Who is signed in. `id` is null for client credentials, which have no user. */
export interface Operator {
  readonly id: string | null;
  readonly name: string;
}

/** Whether a run that waits for a sign-in waits for another one than this: it goes on under its own operator alone. */
export const waitsForAnother = (
  { about, state }: Pick<RunProgress, 'about' | 'state'>,
  operator: Operator | null,
): boolean =>
  state.kind === 'paused' &&
  state.reason === 'sign-in-needed' &&
  operator !== null &&
  operator.id !== about.operatorId;
