import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { ProxyAsking, ProxySignInRequest } from '../../../shared/proxy.ts';
import type { AppError } from '../../../shared/result.ts';
import { call, on } from '../bridge.ts';
import { follow } from './follow.ts';

/** The proxy that waits for a password, if one does. */
export const useProxyStore = defineStore('proxy', () => {
  const asking = shallowRef<ProxyAsking | null>(null);
  const error = shallowRef<AppError | null>(null);
  const busy = ref(false);

  const begin = follow('proxy.changed', asking)();
  on('proxy.changed', () => {
    error.value = null;
  });

  async function signIn(request: ProxySignInRequest): Promise<void> {
    busy.value = true;
    error.value = null;
    const result = await call('proxy.signIn', request);
    busy.value = false;
    if (!result.ok) error.value = result.error;
  }

  return { asking, error, busy, begin, signIn };
});
