import type { PlanSummary } from '../../../shared/plan.ts';
import type { ManualClock } from '../../testing/manual-clock.ts';
import type { RevocationDeps } from '../deps.ts';
import { createRevocation, type Revocation } from '../index.ts';
import { readInline } from '../lists/testing.ts';

/** The room of revocation for tests: it reads lists in place, protects nobody, and tells nobody, unless it is given more. */
export const createTestRevocation = (
  deps: Pick<RevocationDeps, 'runsDir' | 'clock' | 'random' | 'session'> & Partial<RevocationDeps>,
): Revocation =>
  createRevocation({
    appVersion: '0.1.0',
    protectedEntries: () => Promise.resolve([]),
    saveProtected: () => Promise.resolve(),
    readList: readInline,
    onProgress: () => undefined,
    onListProgress: () => undefined,
    onPlanProgress: () => undefined,
    onVerificationProgress: () => undefined,
    onKeepOut: () => undefined,
    ...deps,
  });

/** A plan for the users of a list, one a line. */
export async function planList(app: Revocation, clock: ManualClock, text: string): Promise<PlanSummary> {
  const { listId } = await app.lists.fromText(text);
  return clock.runUntil(app.resolvePlan({ include: [{ kind: 'list', listId, column: 0 }], exclude: [] }));
}

/** Lets time pass until the run that is going on has ended. @throws when it does not within ten minutes. */
export async function runToItsEnd(app: Revocation, clock: ManualClock): Promise<void> {
  for (let n = 0; n < 12_000 && app.activeRunId() !== null; n += 1) await clock.advance(50);
  if (app.activeRunId() !== null) throw new Error('The run goes on and on');
}
