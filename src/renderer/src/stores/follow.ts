import type { EventName, Events } from '../../../shared/events.ts';
import { on } from '../bridge.ts';

/**
 * Keeps what main knows up to date by that event, from now on: before the snapshot is asked for, since what changes while
 * it is put together is told by the event alone.
 * @returns what takes the snapshot's word. It is ignored when an event has told since, which is the newer of both.
 */
export function follow<K extends EventName, None = never>(
  name: K,
  state: { value: Events[K] | None },
): (snapshot: Events[K] | None) => void {
  let told = false;
  on(name, (next) => {
    told = true;
    state.value = next;
  });
  return (snapshot) => {
    if (!told) state.value = snapshot;
  };
}
