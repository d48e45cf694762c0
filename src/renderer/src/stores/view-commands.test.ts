import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineComponent, h, ref } from 'vue';
import { Download } from '@lucide/vue';
import { useViewCommands, useViewCommandsStore } from './view-commands.ts';

beforeEach(() => setActivePinia(createPinia()));

describe('what can be done in what is on the screen', () => {
  it('is there while it is on the screen, and as it is now', () => {
    const title = ref('Export CSV…');
    const view = defineComponent(() => {
      useViewCommands(() => [{ id: 'export', title: title.value, icon: Download, run: () => undefined }]);
      return () => h('p');
    });
    const store = useViewCommandsStore();
    const titles = () => store.commands.map((command) => command.title);
    expect(titles()).toEqual([]);
    const mounted = mount(view);
    expect(titles()).toEqual(['Export CSV…']);
    title.value = 'Export JSON…';
    expect(titles()).toEqual(['Export JSON…']);
    mounted.unmount();
    expect(titles()).toEqual([]);
  });
});
