import { catchTheUncaught } from './last-resort.ts';
import { limitHeap } from './heap-limit.ts';
import { nameProcess } from './process-identity.ts';
import { registerAppScheme } from './protocol.ts';
import { removeDebuggingSwitches } from './security.ts';

/** What must be settled before Electron is ready. */
export function prepareProcess(): void {
  catchTheUncaught();
  limitHeap();
  registerAppScheme();
  nameProcess();
  removeDebuggingSwitches();
}
