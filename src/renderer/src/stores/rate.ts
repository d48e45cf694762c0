import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { RateState } from '../../../shared/app.ts';
import { on } from '../bridge.ts';

/** What is left of the rate limit, as main counts it. */
export const useRateStore = defineStore('rate', () => {
  const rate = shallowRef<RateState | null>(null);
  let listening = false;

  const begin = (first: RateState | null): void => {
    rate.value = first;
    if (listening) return;
    listening = true;
    on('rate.changed', (next) => {
      rate.value = next;
    });
  };

  return { rate, begin };
});
