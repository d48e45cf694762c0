import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { TooltipProvider } from 'reka-ui';
import { beforeEach, describe, expect, it } from 'vitest';
import { h } from 'vue';
import type { RateState } from '../../../shared/app.ts';
import { useNavigationStore } from '../stores/navigation.ts';
import { useRateStore } from '../stores/rate.ts';
import { installFakeBridge } from '../testing/fake-bridge.ts';
import RateLimitStatus from './RateLimitStatus.vue';

const show = (rate: RateState | null) => {
  useRateStore().begin(rate);
  return mount(TooltipProvider, { slots: { default: () => h(RateLimitStatus) } });
};

beforeEach(() => {
  installFakeBridge({});
  setActivePinia(createPinia());
});

describe('the rest of the rate limit in the status line', () => {
  it('says how many calls may still go out, and leads to the setting', async () => {
    const shown = show({
      limitPerMinute: 300,
      limitSource: { kind: 'told', key: 'token.rate.per.minute' },
      usedLastMinute: 16,
      closedUntil: null,
    });
    expect(shown.text()).toMatch(/Calls left\s*284 of 300/);
    await shown.get('button').trigger('click');
    expect(useNavigationStore().view).toBe('settings');
  });

  it('says why and how long nothing goes out', () => {
    const closedUntil = new Date(Date.now() + 3_600_000).toISOString();
    const shown = show({
      limitPerMinute: 300,
      limitSource: { kind: 'told', key: 'token.rate.per.minute' },
      usedLastMinute: 300,
      closedUntil,
    });
    expect(shown.text()).toMatch(/Too many requests: waiting\s*\d/);
    expect(shown.text()).not.toContain('Calls left');
  });

  it('says nothing while nobody is signed in', () => {
    expect(show(null).text()).toBe('');
  });
});
