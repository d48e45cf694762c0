import { cleanText } from '../../shared/clean-text.ts';
import type { Clock } from '../clock.ts';
import { AppFailure, failure } from '../failure.ts';

/** What main asks, in its own words and from its own data. The first button always declines, and has the focus. */
export interface ConsentDialog {
  /** The question in one sentence. */
  readonly message: string;
  /** What it is about and what it means, a line each. */
  readonly detail: readonly string[];
  /** Says what it does: "Revoke the tokens of 412 users". */
  readonly button: string;
  /** Says what declining means, where "Cancel" would not. */
  readonly cancel?: string;
}

/** What a call wants to do, once every other check has passed. Nothing has happened yet. */
interface Intention<T> {
  readonly kind: 'ask';
  readonly dialog: ConsentDialog;
  /** Whether all that the dialog speaks of is still what it was: asked before and after the dialog. */
  readonly holds: () => boolean;
  readonly act: () => Promise<T> | T;
}

/** What a call on the consent list answers: it is done, because it was harmless, or main has to ask first. */
export type Asked<T> = { readonly kind: 'done'; readonly value: T } | Intention<T>;

/** For an input with which the call destroys nothing and sends nothing anywhere new. */
export const done = <T>(value: T): Asked<T> => ({ kind: 'done', value });

/** For everything else. */
export const ask = <T>(intention: Omit<Intention<T>, 'kind'>): Asked<T> => ({ kind: 'ask', ...intention });

/** After so many dialogs declined within that time, ms, nothing is asked until the first of them is older. */
const MOST_DECLINED = 3;
const DECLINED_WITHIN_MS = 60_000;

export interface Consent {
  /**
   * Shows the dialog, and acts when the person agreed and nothing has changed meanwhile.
   * @returns null when the person declined.
   * @throws AppFailure `dialog-open`, `dialogs-declined`, `changed-meanwhile`, and what `act` throws.
   */
  carryOut<T>(name: string, asked: Asked<T>): Promise<T | null>;
  /**
   * For what no call asks for, such as closing the window; a script can do that too.
   * @returns whether the person agreed; false as well when they cannot be asked now.
   */
  confirm(name: string, dialog: ConsentDialog): Promise<boolean>;
  /**
   * For dialogs in which the person chooses a file: one at a time too, and none for a while after three were closed.
   * @param showDialog resolves to null when the person closed it.
   * @throws AppFailure `dialog-open`, `dialogs-declined`
   */
  alone<T>(showDialog: () => Promise<T | null>): Promise<T | null>;
}

/** The one way to a dialog of main. One at a time; a window that only ever gets a no is not listened to for a while. */
export function createConsent(options: {
  /** @returns true when the person pressed the button that names the act. */
  readonly show: (dialog: ConsentDialog) => Promise<boolean>;
  readonly clock: Clock;
  /** Writes down what was decided. */
  readonly record: (decision: string) => void;
}): Consent {
  const { show, clock, record } = options;
  let open = false;
  /** When the last ones were declined, monotonic ms. */
  let declined: readonly number[] = [];
  /** Refusals since the last dialog, told as a number: a window that floods must not flood the record. */
  let refused = 0;

  const refuse = (why: 'dialog-open' | 'dialogs-declined', name: string): Error => {
    refused += 1;
    if (refused === 1) record(`${name}: refused, ${why}`);
    return failure(
      why,
      why === 'dialog-open'
        ? 'Another question of Tokendesk is open.'
        : `${MOST_DECLINED} dialogs were declined or closed within a minute.`,
    );
  };

  /** One dialog, whichever; `isNo` says what of it counts as declined. */
  const showOne = async <T>(
    name: string,
    showDialog: () => Promise<T>,
    isNo: (answer: T) => boolean,
  ): Promise<T> => {
    if (open) throw refuse('dialog-open', name);
    declined = declined.filter((at) => clock.monotonic() - at < DECLINED_WITHIN_MS);
    if (declined.length >= MOST_DECLINED) throw refuse('dialogs-declined', name);
    if (refused > 0) record(`${refused} requests were refused before this one`);
    refused = 0;
    open = true;
    try {
      const answer = await showDialog();
      if (isNo(answer)) declined = [...declined, clock.monotonic()];
      return answer;
    } finally {
      open = false;
    }
  };

  const alone: Consent['alone'] = (showDialog) =>
    showOne('A dialog for a file', showDialog, (answer) => answer === null);

  const agree = async (name: string, dialog: ConsentDialog): Promise<boolean> => {
    const agreed = await showOne(
      name,
      () => show(dialog),
      (answer) => !answer,
    );
    record(`${name}: ${agreed ? 'agreed' : 'declined'}: ${cleanText(dialog.message, 500)}`);
    return agreed;
  };

  return {
    alone,
    confirm: (name, dialog) =>
      agree(name, dialog).catch((error: unknown) => {
        if (error instanceof AppFailure) return false;
        throw error;
      }),
    carryOut: async (name, asked) => {
      if (asked.kind === 'done') return asked.value;
      const check = (): void => {
        if (asked.holds()) return;
        record(`${name}: not done, something had changed`);
        throw failure('changed-meanwhile', 'What this was about has changed since it was asked for.');
      };
      check();
      if (!(await agree(name, asked.dialog))) return null;
      check();
      return asked.act();
    },
  };
}
