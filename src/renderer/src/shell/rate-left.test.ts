import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { TooltipProvider } from 'reka-ui';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 27, 12) });
});
afterEach(() => {
  vi.useRealTimers();
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
    const shown = show({
      limitPerMinute: 300,
      limitSource: { kind: 'told', key: 'token.rate.per.minute' },
      usedLastMinute: 300,
      closedUntil: '2026-11-27T12:00:30.000Z',
    });
    expect(shown.text()).toMatch(/Too many requests: waiting\s*00:30/);
    expect(shown.text()).not.toContain('Calls left');
  });

  it('says nothing while nobody is signed in', () => {
    expect(show(null).text()).toBe('');
  });
});
