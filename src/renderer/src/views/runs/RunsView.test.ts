import { flushPromises, shallowMount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { expect, it } from 'vitest';
import { ok } from '../../../../shared/result.ts';
import { NO_COUNTS, type RunSummary } from '../../../../shared/run.ts';
import { useCurrentRunStore } from '../../stores/current-run.ts';
import { useNavigationStore } from '../../stores/navigation.ts';
import { useRunsStore } from '../../stores/runs.ts';
import { installFakeBridge } from '../../testing/fake-bridge.ts';
import { sampleAbout, sampleProgress } from '../../testing/samples.ts';
import RunTable from './RunTable.vue';
import RunsView from './RunsView.vue';

const run: RunSummary = {
  ...sampleAbout,
  runId: 'r-1',
  state: { kind: 'running' },
  dryRun: false,
  planHash: '',
  parent: null,
  endedAt: null,
  endedWhy: null,
  users: 2,
  counts: NO_COUNTS,
  unanswered: 0,
  damage: null,
  elsewhere: false,
};

it('does not say "No runs yet" of the list as it was before the first run', async () => {
  setActivePinia(createPinia());
  let answer = (_list: readonly RunSummary[]): void => undefined;
  let list: Promise<readonly RunSummary[]> = Promise.resolve([]);
  installFakeBridge({
    'runs.list': async () => ok(await list),
    'keepOut.all': () => ok([]),
    'triage.records': () => ok([]),
  });
  await useRunsStore().refresh(); // "Last runs", before there was one
  list = new Promise((resolve) => (answer = resolve));
  const page = shallowMount(RunsView, { global: { renderStubDefaultSlot: true } });
  await flushPromises();
  expect(page.findComponent({ name: 'EmptyState' }).exists()).toBe(false);
  expect(page.text()).toContain('Reading the records of runs…');
  answer([run]);
  await flushPromises();
  expect(page.getComponent({ name: 'RunTable' }).props('entries')).toHaveLength(1);
});

it('says so of a list that is empty now', async () => {
  setActivePinia(createPinia());
  installFakeBridge({
    'runs.list': () => ok([]),
    'keepOut.all': () => ok([]),
    'triage.records': () => ok([]),
  });
  const page = shallowMount(RunsView, { global: { renderStubDefaultSlot: true } });
  await flushPromises();
  expect(page.getComponent({ name: 'EmptyState' }).props('title')).toBe('No runs yet');
});

it.each([
  { ended: true, view: 'runs', openRunId: 'r-1' },
  { ended: false, view: 'revoke', openRunId: null },
])(
  'opens the page of a run that has ended, whatever the list still says of it: %o',
  async ({ ended, view, openRunId }) => {
    setActivePinia(createPinia());
    installFakeBridge({
      'runs.list': () => ok([run]),
      'keepOut.all': () => ok([]),
      'triage.records': () => ok([]),
    });
    const state = ended
      ? { kind: 'finished' as const, at: '2026-11-26T09:00:00Z' }
      : { kind: 'running' as const };
    useCurrentRunStore().show({ ...sampleProgress, runId: run.runId, state });
    useNavigationStore().show('runs');
    const page = shallowMount(RunsView, { global: { renderStubDefaultSlot: true } });
    await flushPromises();
    const table = page.getComponent(RunTable);
    table.vm.$emit('open', table.props('entries')[0]);
    expect(useNavigationStore().view).toBe(view);
    expect(useRunsStore().openRunId).toBe(openRunId);
  },
);
