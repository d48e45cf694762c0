import { onScopeDispose, shallowRef } from 'vue';
import { useDirectorySearchStore, type PeopleAnswer } from '../stores/directory-search.ts';

/** Wait after a key before asking, ms: at most one call a pause in typing. */
const PAUSE_MS = 150;
/** One letter finds half the org. */
const AT_LEAST = 2;

/** People for one search box: asked for after a pause in typing; what is no longer typed is forgotten. */
export function usePeopleSearch() {
  const directory = useDirectorySearchStore();
  const answer = shallowRef<PeopleAnswer>({ kind: 'none' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  function stop(): void {
    clearTimeout(timer);
    latest += 1;
  }

  async function ask(text: string): Promise<void> {
    const number = latest;
    const found = await directory.people(text);
    if (number === latest) answer.value = found;
  }

  function typed(typedText: string): void {
    stop();
    const text = typedText.trim().slice(0, 200);
    if (text.length < AT_LEAST) {
      answer.value = { kind: 'none' };
      return;
    }
    answer.value = { kind: 'asking' };
    timer = setTimeout(() => void ask(text), PAUSE_MS);
  }

  onScopeDispose(stop);
  return { answer, typed };
}
