import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { expect, it } from 'vitest';
import { ok, type Result } from '../../../../shared/result.ts';
import type { TimeoutSaveResult } from '../../../../shared/timeout.ts';
import { useTimeoutDraftStore } from '../../stores/timeout-draft.ts';
import { useTimeoutStore } from '../../stores/timeout.ts';
import { installFakeBridge } from '../../testing/fake-bridge.ts';
import { sampleTimeout } from '../../testing/samples.ts';
import SaveBar from './SaveBar.vue';

it('does not say that nothing is sent while what was agreed to may be on its way', async () => {
  setActivePinia(createPinia());
  installFakeBridge({
    'timeout.read': () => ok(sampleTimeout),
    'timeout.save': () => new Promise<Result<TimeoutSaveResult>>(() => undefined),
  });
  await useTimeoutStore().read();
  const draft = useTimeoutDraftStore();
  draft.set({ time: { was: 1800, text: '45' } });
  const bar = mount(SaveBar);
  await flushPromises();
  expect(bar.get('[role=status]').text()).toContain('Nothing is sent until you confirm.');
  void draft.save();
  await flushPromises();
  expect(bar.get('[role=status]').text()).toContain('It is sent once you have confirmed it.');
});
