import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { CALL_NAMES, type CallName, type CallOutput } from '../../shared/ipc.ts';
import { failed, ok, type AppError, type Result } from '../../shared/result.ts';
import type { Log } from '../app/log.ts';
import { needsConsent, type Handlers } from '../consent/calls.ts';
import type { Asked, Consent } from '../consent/consent.ts';
import { CALL_SCHEMAS } from './call-schemas.ts';
import { isBounded, problemsOf } from './input-problems.ts';

interface RouterDeps {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean;
  /** Expected failures become their AppError; anything else null. */
  readonly toAppError: (error: unknown) => AppError | null;
  readonly consent: Pick<Consent, 'carryOut'>;
  readonly log: Pick<Log, 'error' | 'warn'>;
}

/** The only door into main: sender checked, input parsed, then the handler, then main's dialog, then one envelope. */
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
  { toAppError, consent, log }: RouterDeps,
): Promise<Result<CallOutput<K>>> {
  if (!isBounded(input)) return failed({ code: 'invalid-input', message: 'The input is too large.' });
  const parsed = CALL_SCHEMAS[name].safeParse(input);
  if (!parsed.success) return failed({ code: 'invalid-input', message: problemsOf(parsed.error) });
  try {
    const answered = await handlers[name](parsed.data);
    // By the types of `Handlers`, a call that asks answers with an intention, and every other with its output.
    return ok(
      needsConsent(name)
        ? ((await consent.carryOut(name, answered as Asked<CallOutput<K>>)) as CallOutput<K>)
        : (answered as CallOutput<K>),
    );
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
