import { onScopeDispose, ref } from 'vue';
import { call } from '../bridge.ts';

/** Copies text through main, and says so for two seconds. */
export function useClipboard() {
  const state = ref<'idle' | 'copied' | 'failed'>('idle');
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));

  const copy = async (text: string): Promise<void> => {
    const result = await call('app.copyText', { text });
    state.value = result.ok ? 'copied' : 'failed';
    clearTimeout(timer);
    timer = setTimeout(() => {
      state.value = 'idle';
    }, 2000);
  };

  return { state, copy };
}
