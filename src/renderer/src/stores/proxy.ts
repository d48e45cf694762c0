import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { ProxyAsking, ProxySignInRequest } from '../../../shared/proxy.ts';
import { call, on } from '../bridge.ts';
import { useAnswer } from '../composables/use-call.ts';
import { follow } from './follow.ts';

/** The proxy that waits for a password, if one does. */
export const useProxyStore = defineStore('proxy', () => {
  const asking = shallowRef<ProxyAsking | null>(null);
  const { busy, error, take } = useAnswer<null>();

  const begin = follow('proxy.changed', asking)();
  on('proxy.changed', () => {
    error.value = null;
  });

  const signIn = (request: ProxySignInRequest) => take(call('proxy.signIn', request));

  return { asking, error, busy, begin, signIn };
});
