import { ref, shallowRef } from 'vue';
import type { CallInput, CallName, CallOutput } from '../../../shared/ipc.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { call } from '../bridge.ts';

/**
 * What main answered to one kind of question, as state. Only the newest answer counts: one that comes after the next
 * question, or after `reset`, changes nothing.
 */
export function useAnswer<T = unknown>() {
  const busy = ref(false);
  const error = shallowRef<AppError | null>(null);
  const data = shallowRef<T | null>(null);
  let newest = 0;

  /** @returns what was answered; null when it failed, came too late, or the person declined in main's dialog. */
  async function take<A extends T>(answer: Promise<Result<A> | null>): Promise<A | null> {
    const number = (newest += 1);
    busy.value = true;
    error.value = null;
    const result = await answer;
    if (number !== newest) return null;
    busy.value = false;
    if (!result) return null;
    if (result.ok) data.value = result.data;
    else error.value = result.error;
    return result.ok ? result.data : null;
  }

  /** As before the first question; an answer that is still due is passed over. */
  function reset(): void {
    newest += 1;
    busy.value = false;
    error.value = null;
    data.value = null;
  }

  return { busy, error, data, take, reset };
}

/** One call of main as state: `run` asks, and `busy`, `error` and `data` say where it is. */
export function useCall<K extends CallName>(name: K) {
  const answer = useAnswer<CallOutput<K>>();
  return { ...answer, run: (input: CallInput<K>) => answer.take(call(name, input)) };
}
