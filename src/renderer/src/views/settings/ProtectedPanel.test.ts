import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { TooltipProvider } from 'reka-ui';
import { beforeEach, expect, it } from 'vitest';
import { h } from 'vue';
import type { ProtectedEntry } from '../../../../shared/plan.ts';
import { ok } from '../../../../shared/result.ts';
import { useSessionStore } from '../../stores/session.ts';
import { installFakeBridge, type FakeBridge } from '../../testing/fake-bridge.ts';
import { sampleSession } from '../../testing/samples.ts';
import ProtectedPanel from './ProtectedPanel.vue';

let bridge: FakeBridge;
beforeEach(() => {
  setActivePinia(createPinia());
  let kept: readonly ProtectedEntry[] = [{ kind: 'email', email: 'boss@example.org' }];
  bridge = installFakeBridge({
    'protected.list': () => ok(kept),
    'protected.save': ({ entries }) => ok((kept = entries)),
  });
});

async function shown() {
  useSessionStore().session = sampleSession;
  const panel = mount(TooltipProvider, {
    slots: { default: () => h(ProtectedPanel) },
    attachTo: document.body,
  });
  await flushPromises();
  const type = async (text: string): Promise<void> => {
    await panel.get('input').setValue(text);
    await panel.get('form').trigger('submit');
    await flushPromises();
  };
  return { panel, type, status: () => panel.get('[role=status]').text() };
}
const saves = () => bridge.calls.filter(({ name }) => name === 'protected.save').length;

it('says at the field why what was typed protects nobody', async () => {
  const { panel, type } = await shown();
  await type('ana');
  const input = panel.get('input');
  expect(input.attributes('aria-invalid')).toBe('true');
  expect(panel.get(`[id="${input.attributes('aria-describedby') ?? ''}"]`).text()).toContain(
    'Enter one email address.',
  );
  expect(document.activeElement).toBe(input.element);
  expect(saves()).toBe(0);
  await input.setValue('ana@example.org');
  expect(input.attributes('aria-invalid')).not.toBe('true');
  panel.unmount();
});

it('says once what came of each change, and saves nothing that is there already', async () => {
  const { panel, type, status } = await shown();
  await type('ana@example.org');
  expect(status()).toBe('ana@example.org is protected.');
  await type('BOSS@example.org');
  expect(status()).toBe('BOSS@example.org is protected already.');
  expect(saves()).toBe(1);
  await panel.get('[aria-label="Remove boss@example.org"]').trigger('click');
  await flushPromises();
  expect(status()).toBe('boss@example.org is no longer protected.');
  panel.unmount();
});
