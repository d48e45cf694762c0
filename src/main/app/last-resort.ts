import { app, dialog } from 'electron';
import type { Log } from './log.ts';

// dialog.x() is called on the module, so that end-to-end tests can answer in the person's place.

const WHAT_NOW = 'A revocation that was going on can be resumed at the next start, with exactly who is left.';

let log: Log | null = null;
let telling = false;

/**
 * What nobody caught is written to the log and said in a native box, so that no process goes on unseen.
 * An exception leaves the program in a state that nobody knows: it ends. A promise that failed unheard costs the one
 * thing it was for: the person decides.
 */
export function catchTheUncaught(): void {
  process.on('uncaughtException', (error) => {
    endWithWords('Tokendesk has to close', error);
  });
  process.on('unhandledRejection', (error) => {
    log?.error('Unhandled rejection', error);
    void askToGoOn(error);
  });
}

/** From now on what was not caught is written to the log too. */
export function logTheUncaught(to: Log): void {
  log = to;
}

/** Says what went wrong, in a box of the system, and ends. */
export function endWithWords(title: string, error: unknown): void {
  log?.error(title, error);
  try {
    dialog.showErrorBox(title, `${reasonOf(error)}\n\n${WHAT_NOW}`);
  } finally {
    app.exit(1);
  }
}

async function askToGoOn(error: unknown): Promise<void> {
  if (telling || !app.isReady()) return;
  telling = true;
  try {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: 'Something failed that Tokendesk did not expect.',
      detail: `${reasonOf(error)}\n\nWhat you did last may not have worked. If the window behaves oddly, close Tokendesk and start it again. ${WHAT_NOW}`,
      buttons: ['Go on', 'Close Tokendesk'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 1) app.quit();
  } catch {
    // There is no box to be had either; the log has it.
  } finally {
    telling = false;
  }
}

/** Without the stack, which the log has. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message.slice(0, 500) : 'The reason is not known.';
