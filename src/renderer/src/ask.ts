import type { CallInput, CallName, CallOutput } from '../../shared/ipc.ts';
import { failed, type Result } from '../../shared/result.ts';

/** Asks main. Never throws: a broken border is an `internal` error like any other. @param input without Vue's proxies */
export async function ask<K extends CallName>(name: K, input: CallInput<K>): Promise<Result<CallOutput<K>>> {
  try {
    return await window.tokendesk.call[name](input);
  } catch (error) {
    return failed({ code: 'internal', message: error instanceof Error ? error.message : String(error) });
  }
}
