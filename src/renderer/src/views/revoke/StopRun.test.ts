import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { expect, it } from 'vitest';
import { useCurrentRunStore } from '../../stores/current-run.ts';
import { installFakeBridge } from '../../testing/fake-bridge.ts';
import { sampleProgress } from '../../testing/samples.ts';
import StopRun from './StopRun.vue';

it('an answer counts though the pause that holds the run has not been answered', async () => {
  setActivePinia(createPinia());
  const bridge = installFakeBridge({ 'runs.pause': () => new Promise(() => undefined) });
  const run = useCurrentRunStore();
  bridge.emit('run.progress', sampleProgress);
  void run.pause();
  const AppDialog = { template: '<div><slot /><slot name="footer" /></div>' };
  const page = mount(StopRun, {
    props: { remaining: 5, wasRunning: true, open: true },
    global: { stubs: { AppDialog } },
  });
  await page
    .findAll('button')
    .find((button) => button.text() === 'Stop here')
    ?.trigger('click');
  await flushPromises();
  expect(bridge.calls.map(({ name }) => name)).toEqual(['runs.pause', 'runs.cancel']);
});
