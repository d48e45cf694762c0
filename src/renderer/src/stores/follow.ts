import type { EventName, Events } from '../../../shared/events.ts';
import { on } from '../bridge.ts';

/**
 * Keeps what main knows up to date by that event, from now on: before anything is asked for, since what changes while an
 * answer is on its way is told by the event alone.
 * @returns what is called when main is asked, and gives what takes its answer. That is ignored when an event has told
 * since: an answer can be older than an event that came before it, and an event is told once.
 */
export function follow<K extends EventName, None = never>(
  name: K,
  state: { value: Events[K] | None },
): () => (answer: Events[K] | None) => void {
  let told = 0;
  on(name, (next) => {
    told += 1;
    state.value = next;
  });
  return () => {
    const before = told;
    return (answer) => {
      if (told === before) state.value = answer;
    };
  };
}
