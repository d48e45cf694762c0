import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { CALL_NAMES, type CallInput, type CallName, type CallOutput } from '../../shared/ipc.ts';
import { failed, ok, type AppError, type Result } from '../../shared/result.ts';
import type { Log } from '../app/log.ts';
import { INPUTS } from './inputs.ts';

/** One handler per call of the contract. A failure is thrown; `toAppError` turns it into words for the window. */
export type Handlers = {
  readonly [K in CallName]: (input: CallInput<K>) => Promise<CallOutput<K>> | CallOutput<K>;
};

interface RouterDeps {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean;
  /** Expected failures become their AppError; anything else null. */
  readonly toAppError: (error: unknown) => AppError | null;
  readonly log: Pick<Log, 'error' | 'warn'>;
}

/** The only door into main: sender checked, input parsed, then the handler, then one envelope. */
export function listen(handlers: Handlers, deps: RouterDeps): void {
  for (const name of CALL_NAMES) {
    deps.ipcMain.handle(name, async (event, input: unknown) => {
      if (!deps.isTrusted(event)) {
        deps.log.warn(`Refused ${name} from a sender that is not the app's window`);
        return failed({ code: 'internal', message: 'This call is not allowed from here.' });
      }
      return answer(name, input, handlers, deps);
    });
  }
}

async function answer<K extends CallName>(
  name: K,
  input: unknown,
  handlers: Handlers,
  { toAppError, log }: RouterDeps,
): Promise<Result<CallOutput<K>>> {
  const parsed = INPUTS[name].safeParse(input);
  if (!parsed.success) {
    // Which field and which rule; never the value, which may be a secret.
    const problem = parsed.error.issues
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      .join('; ');
    return failed({ code: 'invalid-input', message: problem });
  }
  try {
    return ok(await handlers[name](parsed.data));
  } catch (error) {
    const expected = toAppError(error);
    if (expected) return failed(expected);
    log.error(`Unexpected failure in ${name}`, error);
    return failed({
      code: 'internal',
      message: 'Something in Tokendesk itself failed. The log has the details.',
    });
  }
}
