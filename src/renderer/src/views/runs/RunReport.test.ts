import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { expect, it } from 'vitest';
import { ok } from '../../../../shared/result.ts';
import { NO_COUNTS, type OutcomeCounts, type OutcomeRow } from '../../../../shared/run.ts';
import { outcomeCounts } from '../../domain/counts.ts';
import { installFakeBridge } from '../../testing/fake-bridge.ts';
import RunReport from './RunReport.vue';

const row = (index: number, outcome: OutcomeRow['outcome']): OutcomeRow =>
  ({
    index,
    outcome,
    input: `u${index}@x.org`,
    userId: `id-${index}`,
    name: `User ${index}`,
    email: null,
  }) as OutcomeRow;

/** A report that is open while main tells other counts, and what the record says then. */
async function afterMore(before: readonly OutcomeRow[], told: OutcomeCounts, rows: readonly OutcomeRow[]) {
  setActivePinia(createPinia());
  let record = before;
  const bridge = installFakeBridge({
    'runs.firstOutcomes': () => ok([]),
    'runs.outcomes': () => ok(record),
    'runs.list': () => ok([]),
  });
  const run = {
    runId: 'run-1',
    state: { kind: 'cancelled', at: '2026-11-21T12:00:00Z' } as const,
    dryRun: false,
    users: 2,
    counts: told,
    about: { startedBy: null } as never,
  };
  const page = mount(RunReport, { props: { run }, shallow: true });
  await flushPromises();
  record = rows;
  await page.setProps({ run: { ...run, counts: outcomeCounts(rows) } });
  await flushPromises();
  expect(bridge.calls.filter(({ name }) => name === 'runs.outcomes')).toHaveLength(2);
  return page.getComponent({ name: 'OutcomeTable' }).props('counts') as OutcomeCounts;
}

it('reads its rows again when the last answer to a cancelled run has come', async () => {
  const counts = await afterMore(
    [row(0, 'revoked'), row(1, 'not-attempted')],
    { ...NO_COUNTS, revoked: 1, 'not-attempted': 1 },
    [row(0, 'revoked'), row(1, 'revoked')],
  );
  expect(counts).toMatchObject({ revoked: 2, 'not-attempted': 0 });
});

it('reads its rows again when whose call was not made is known to be not attempted', async () => {
  const counts = await afterMore(
    // An intent without an answer, as the record says until the run is put away.
    [row(0, 'revoked'), row(1, 'failed')],
    { ...NO_COUNTS, revoked: 1 },
    [row(0, 'revoked'), row(1, 'not-attempted')],
  );
  expect(counts).toMatchObject({ revoked: 1, failed: 0, 'not-attempted': 1 });
});
