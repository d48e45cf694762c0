import { onScopeDispose, watch } from 'vue';
import { useCurrentRunStore } from '../stores/current-run.ts';
import { useRevokeStore } from '../stores/revoke.ts';
import { useTimeoutStore } from '../stores/timeout.ts';
import { useTokenStore } from '../stores/token.ts';

/** How often the token is read again while a run's calls keep it alive, ms. */
const DURING_RUN_MS = 60_000;

/**
 * Each call to Genesys Cloud that is not one of the app's own polls starts the idle timer anew, and a saved timeout
 * changes it: the token is read again then, so that the countdown in the status line stays true.
 */
export function useTokenPolling(): void {
  const token = useTokenStore();
  const timeout = useTimeoutStore();
  const revoke = useRevokeStore();
  const run = useCurrentRunStore();

  watch([() => timeout.current, () => revoke.plan], (now, before) => {
    if (now.some((value, index) => value && value !== before[index])) void token.reread();
  });

  let timer: ReturnType<typeof setInterval> | undefined;
  const running = (): boolean => run.going?.state.kind === 'running';
  watch(
    running,
    (isRunning, wasRunning) => {
      clearInterval(timer);
      if (isRunning) timer = setInterval(() => void token.reread(), DURING_RUN_MS);
      else if (wasRunning) void token.reread();
    },
    { immediate: true },
  );
  onScopeDispose(() => clearInterval(timer));
}
