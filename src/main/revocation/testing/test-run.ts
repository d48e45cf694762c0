import type { ManualClock } from '../../testing/manual-clock.ts';
import type { Settlement } from '../journal/replay.ts';
import { createRunner, type RunnerOptions } from '../run/runner.ts';
import { revokeRows, type FakeOrg } from './fake-org.ts';
import { createMemoryJournal, emptyJournal, testHeader } from './memory-journal.ts';

/** A run of users 0 to `users - 1`, not started, whose journal is in memory. */
export function createTestRun(
  options: { readonly users: number; readonly clock: ManualClock; readonly org: FakeOrg } & Partial<
    Pick<RunnerOptions, 'dryRun' | 'begun' | 'onProgress'>
  >,
) {
  const { users, clock, org, ...over } = options;
  const settled = new Map<number, Settlement>();
  const disk = createMemoryJournal();
  const journal = emptyJournal(disk, clock);
  journal.append(testHeader).catch(() => undefined); // a test may break the disk before it
  const runner = createRunner({
    runId: 'run',
    dryRun: false,
    rows: revokeRows(users),
    settled,
    begun: new Map(),
    journal,
    session: org.session,
    clock,
    random: () => 0.5,
    onProgress: () => undefined,
    ...over,
  });
  return { runner, disk, settled };
}
