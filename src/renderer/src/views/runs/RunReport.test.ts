import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { expect, it } from 'vitest';
import { ok } from '../../../../shared/result.ts';
import { NO_COUNTS, type OutcomeRow } from '../../../../shared/run.ts';
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

it('reads its rows again when the last answer to a cancelled run has come', async () => {
  setActivePinia(createPinia());
  let rows = [row(0, 'revoked'), row(1, 'not-attempted')];
  const bridge = installFakeBridge({
    'runs.firstOutcomes': () => ok([]),
    'runs.outcomes': () => ok(rows),
    'runs.list': () => ok([]),
  });
  const run = {
    runId: 'run-1',
    state: { kind: 'cancelled', at: '2026-11-21T12:00:00Z' } as const,
    dryRun: false,
    users: 2,
    counts: { ...NO_COUNTS, revoked: 1, 'not-attempted': 1 },
    about: { startedBy: null } as never,
  };
  const page = mount(RunReport, { props: { run }, shallow: true });
  await flushPromises();
  rows = [row(0, 'revoked'), row(1, 'revoked')];
  await page.setProps({ run: { ...run, counts: { ...NO_COUNTS, revoked: 2 } } });
  await flushPromises();
  expect(bridge.calls.filter(({ name }) => name === 'runs.outcomes')).toHaveLength(2);
  expect(page.getComponent({ name: 'OutcomeTable' }).props('counts')).toMatchObject({
    revoked: 2,
    'not-attempted': 0,
  });
});
