import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watchEffect } from 'vue';
import type { AppSnapshot, KeychainState, Settings } from '../../../shared/app.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { call, on } from '../bridge.ts';
import { setDensity } from '../composables/density.ts';
import { writeTimes } from '../messages/format.ts';
import { useCurrentRunStore } from './current-run.ts';
import { useKeepOutStore } from './keep-out.ts';
import { useProxyStore } from './proxy.ts';
import { useRateStore } from './rate.ts';
import { useSessionStore } from './session.ts';

/** What the app knows about itself: loaded once, in one call, before anything is shown. */
export const useAppStore = defineStore('app', () => {
  const snapshot = shallowRef<AppSnapshot | null>(null);
  const settings = shallowRef<Settings | null>(null);
  const error = shallowRef<AppError | null>(null);
  const notices = ref<readonly string[]>([]);

  const keychain = computed((): KeychainState => snapshot.value?.keychain ?? { kind: 'ready' });
  const theme = computed(() => settings.value?.theme ?? 'system');
  watchEffect(() => {
    if (theme.value === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme.value;
  });

  watchEffect(() => writeTimes(settings.value?.times ?? 'system'));
  watchEffect(() => setDensity(settings.value?.density ?? 'normal'));

  /** What the keychain answered since the window was there; it may be slow, and come before the snapshot or after. */
  let keychainTold: KeychainState | null = null;
  on('keychain.changed', (told) => {
    keychainTold = told;
    if (snapshot.value) snapshot.value = { ...snapshot.value, keychain: told };
  });

  /** @param asked the answer, where main was asked in this turn of the page; else it is asked. */
  const load = async (asked?: Promise<Result<AppSnapshot>>): Promise<void> => {
    // They listen from here on, so that nothing is missed while the snapshot is under way.
    const [session, rate, proxy, run] = [
      useSessionStore(),
      useRateStore(),
      useProxyStore(),
      useCurrentRunStore(),
    ];
    error.value = null;
    const result = await (asked ?? call('app.snapshot', null));
    if (!result.ok) {
      error.value = result.error;
      return;
    }
    snapshot.value = { ...result.data, ...(keychainTold && { keychain: keychainTold }) };
    settings.value = result.data.settings;
    notices.value = result.data.notices;
    session.begin(result.data.session, result.data.connections);
    rate.begin(result.data.rate);
    proxy.begin(result.data.proxy);
    void useKeepOutStore().begin();
    await run.begin(result.data.activeRunId);
  };

  const update = async (change: Partial<Settings>): Promise<Result<Settings>> => {
    const result = await call('settings.update', change);
    if (result.ok) settings.value = result.data;
    return result;
  };

  const dismissNotice = (index: number): void => {
    notices.value = notices.value.filter((_, at) => at !== index);
  };

  return { snapshot, settings, keychain, error, notices, load, update, dismissNotice };
});
