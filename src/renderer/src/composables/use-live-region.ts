import { ref, watch, type Ref } from 'vue';

/** Seldom enough to be listened to beside other work. */
const EVERY_MS = 15_000;
const EVERY_SHARE = 0.1;
/** And never sooner than the text before can have been heard. */
const AT_LEAST_MS = 4_000;

interface Progress {
  readonly text: string;
  /** 0 to 1. */
  readonly share: number;
}

interface Said extends Progress {
  /** Ms since 1970. */
  readonly at: number;
}

/** Whether progress is worth saying aloud: every 15 s or every tenth of the way, whichever comes first, but not at once. */
export function isWorthSaying(said: Said | null, next: Progress, now: number): boolean {
  if (said === null || next.text === '') return next.text !== said?.text;
  if (next.text === said.text) return false;
  const waited = now - said.at;
  const moved = Math.abs(next.share - said.share) >= EVERY_SHARE;
  return said.text === '' || waited >= EVERY_MS || (moved && waited >= AT_LEAST_MS);
}

/** Text for a live region that follows `progress` without talking all the time. */
export function useLiveRegion(progress: () => Progress): Readonly<Ref<string>> {
  const spoken = ref('');
  let said: Said | null = null;
  watch(
    progress,
    (next) => {
      if (!isWorthSaying(said, next, Date.now())) return;
      said = { ...next, at: Date.now() };
      spoken.value = next.text;
    },
    { immediate: true },
  );
  return spoken;
}
