import { computed, ref, watch } from 'vue';
import { useNow } from '../composables/use-now.ts';
import { useSessionStore } from '../stores/session.ts';
import { useTokenStore } from '../stores/token.ts';

/** How a token ends soon, and when (ISO 8601). */
export interface TokenEnding {
  readonly kind: 'expires' | 'idles-out';
  readonly at: string;
}

/** Time enough to sign in again before it happens, ms. */
const WARN_MS = 5 * 60_000;
/** What the app knows of the idle countdown is from its last look: older than this, ms, and it looks again. */
const LOOK_AGAIN_MS = 60_000;

/**
 * What to warn of now, or null. Client credentials renew themselves before they expire; whatever the app does keeps
 * a token from idling out, so the countdown is read again before anything is said.
 */
export function useTokenEnding() {
  const session = useSessionStore();
  const token = useTokenStore();
  const now = useNow();
  const dismissed = ref<string | null>(null);

  const soon = (at: string | null | undefined): at is string =>
    typeof at === 'string' && Date.parse(at) - now.value < WARN_MS && Date.parse(at) > now.value;

  const ending = computed((): TokenEnding | null => {
    if (session.session.kind !== 'signed-in' || session.demo) return null;
    const { connection, token: details } = session.session;
    const found: TokenEnding | null =
      connection.method !== 'client-credentials' && soon(details.expiresAt)
        ? { kind: 'expires', at: details.expiresAt }
        : soon(details.idlesAt)
          ? { kind: 'idles-out', at: details.idlesAt }
          : null;
    return found?.at === dismissed.value ? null : found;
  });
  /** How many looks are overdue: grows as long as a warning may be out of date. */
  const overdue = computed(() => {
    if (ending.value?.kind !== 'idles-out' || !session.token) return 0;
    return Math.floor((now.value - Date.parse(session.token.readAt)) / LOOK_AGAIN_MS);
  });
  const lookFailed = ref(false);
  const shown = ref(false);
  watch(overdue, async (looks) => {
    if (looks > 0) lookFailed.value = !(await token.reread());
  });
  /** What stands there already stays while it is looked at again; without a network, what was known last is said. */
  const warning = computed(() =>
    overdue.value === 0 || shown.value || lookFailed.value ? ending.value : null,
  );
  watch(warning, (now) => {
    shown.value = now !== null;
  });

  return {
    ending: warning,
    dismiss: (): void => {
      dismissed.value = ending.value?.at ?? null;
    },
  };
}
