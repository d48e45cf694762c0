import { toRaw } from 'vue';
import type { EventName, Events } from '../../shared/events.ts';
import type { Bridge, CallInput, CallName, CallOutput } from '../../shared/ipc.ts';
import type { Result } from '../../shared/result.ts';
import { ask } from './ask.ts';

declare global {
  interface Window {
    readonly tokendesk: Bridge;
  }
}

/** A copy without Vue's proxies, which cannot be cloned across the process border. Bytes pass as they are. */
export function plain<T>(value: T): T {
  const raw: unknown = toRaw(value);
  if (raw === null || typeof raw !== 'object' || ArrayBuffer.isView(raw)) return raw as T;
  if (Array.isArray(raw)) return raw.map(plain) as T;
  return Object.fromEntries(Object.entries(raw).map(([key, item]) => [key, plain(item)])) as T;
}

/** One call to main. Never throws, as `ask`. */
export const call = <K extends CallName>(name: K, input: CallInput<K>): Promise<Result<CallOutput<K>>> =>
  ask(name, plain(input));

/** @returns a function that ends the subscription. */
export function on<K extends EventName>(name: K, listener: (payload: Events[K]) => void): () => void {
  return window.tokendesk.on[name](listener);
}
