import type { CallInput, CallName, CallOutput } from '../../../shared/ipc.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { call } from '../bridge.ts';
import { useToastStore } from './toasts.ts';

/**
 * A call for which main may ask the person first.
 * @returns null when they declined in main's dialog: nothing was changed, and a toast says so.
 */
export async function askedCall<K extends CallName>(
  name: K,
  input: CallInput<K>,
): Promise<Result<NonNullable<CallOutput<K>>> | null> {
  const result = await call(name, input);
  if (!result.ok) return result;
  const { data } = result;
  if (data !== null) return ok(data as NonNullable<CallOutput<K>>);
  useToastStore().show('You declined in the system’s dialog. Nothing was changed.', 'note');
  return null;
}
