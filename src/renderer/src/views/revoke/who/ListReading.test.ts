import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { TooltipProvider } from 'reka-ui';
import { describe, expect, it } from 'vitest';
import { h, nextTick } from 'vue';
import { ok } from '../../../../../shared/result.ts';
import { useRevokeStore } from '../../../stores/revoke.ts';
import { installFakeBridge } from '../../../testing/fake-bridge.ts';
import ListReading from './ListReading.vue';

describe('the reading of a list', () => {
  it('is shown while main tells of it, wherever the list came from, and can be cancelled', async () => {
    const bridge = installFakeBridge({ 'list.cancelReading': () => ok(null) });
    setActivePinia(createPinia());
    useRevokeStore();
    const shown = mount(TooltipProvider, { slots: { default: () => h(ListReading) } });
    expect(shown.find('[role=progressbar]').exists()).toBe(false);

    bridge.emit('list.progress', { share: 0.4 });
    await nextTick();
    expect(shown.find('[role=progressbar]').attributes('aria-valuenow')).toBe('0.4');
    await shown.find('button').trigger('click');
    expect(bridge.calls.map(({ name }) => name)).toContain('list.cancelReading');

    bridge.emit('list.progress', { share: null });
    await nextTick();
    expect(shown.find('[role=progressbar]').exists()).toBe(false);
  });
});
