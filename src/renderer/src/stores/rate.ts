import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { RateState } from '../../../shared/app.ts';
import { follow } from './follow.ts';

/** What is left of the rate limit, as main counts it. */
export const useRateStore = defineStore('rate', () => {
  const rate = shallowRef<RateState | null>(null);
  const begin = follow('rate.changed', rate)();

  return { rate, begin };
});
