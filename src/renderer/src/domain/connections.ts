import type { Connection } from '../../../shared/connection.ts';
import type { RunAbout } from '../../../shared/run.ts';

/** Whether it leads to the organization on this computer. */
export const isDemo = (connection: Connection): boolean => connection.region.kind === 'demo';

/** Whether a run is another connection's than the one in use; whatever is not known to be the same, is. */
export const isElsewhere = (about: RunAbout, inUse: Connection | null): boolean =>
  about.connectionId !== inUse?.id;
