import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron';
import { assertNever } from '../../shared/result.ts';
import type { KeepOutSummary } from '../../shared/keep-out.ts';
import type { PauseReason, RunProgress, RunState } from '../../shared/run.ts';

/** Pauses that end by themselves, if the computer lets them. */
const GO_ON_ALONE: ReadonlySet<PauseReason> = new Set([
  'offline',
  'rate-limited',
  'server-failing',
  'asleep',
]);

interface Options {
  readonly window: () => Pick<BrowserWindow, 'setProgressBar' | 'isFocused'> | null;
  /** A notification was clicked: the run it tells of is to be seen. */
  readonly open: (runId: string) => void;
}

/** What the desktop shows and does while a run goes on: taskbar progress, no sleep, notifications that open the run. */
export class DesktopProgress {
  readonly #options: Options;
  #blocker: number | null = null;
  /** Kept, since one that nothing refers to any more is collected, and its click with it. */
  #told: Notification | null = null;
  /** The pause that was told of, by its beginning. */
  #toldPause: string | null = null;
  #toldKeepOutPause: string | null = null;
  /** Users marked as signing in by themselves, when it was told last. */
  #toldByItself = 0;
  /** A run, and keeping out: each needs the computer awake, or not. */
  readonly #needs = { run: false, keepOut: false };

  constructor(options: Options) {
    this.#options = options;
  }

  /** Who signs in while the computer sleeps is seen when it wakes only; and a keeping-out that waits keeps nobody out. */
  keepOut({ runId, state, back, users }: KeepOutSummary): void {
    this.#stayAwake('keepOut', !isResting(state));
    const byItself = back.filter((user) => user.byItself).length;
    if (byItself > this.#toldByItself)
      this.#tell(
        runId,
        'Somebody signs in by itself',
        'Set the user inactive, or block them at the identity provider.',
      );
    this.#toldByItself = byItself;
    if (state.kind === 'finished')
      this.#tell(runId, 'Nobody is kept out any more', `The time for ${users} is over.`);
    if (state.kind !== 'paused' || !isResting(state) || state.reason === 'by-you') return;
    if (this.#toldKeepOutPause === state.since) return;
    this.#toldKeepOutPause = state.since;
    this.#tell(runId, 'Nobody is kept out now', NEEDS[state.reason] ?? 'Open it to see why.');
  }

  update(progress: RunProgress): void {
    const { runId, state, users, counts } = progress;
    const window = this.#options.window();
    const left = counts['not-attempted'];
    const share = users === 0 ? 1 : (users - left) / users;
    switch (state.kind) {
      case 'planned':
      case 'running':
        this.#stayAwake('run', true);
        window?.setProgressBar(share);
        return;
      case 'paused':
        // Pauses that end by themselves need the computer awake; the person's own pause does not.
        this.#stayAwake('run', GO_ON_ALONE.has(state.reason));
        window?.setProgressBar(share, { mode: 'paused' });
        if (!GO_ON_ALONE.has(state.reason) && state.reason !== 'by-you' && this.#toldPause !== state.since) {
          this.#toldPause = state.since;
          this.#tell(runId, 'The revocation waits for you', NEEDS[state.reason] ?? 'Open it to see why.');
        }
        return;
      case 'interrupted':
      case 'cancelled':
      case 'finished':
        this.#stayAwake('run', false);
        window?.setProgressBar(-1);
        if (state.kind === 'finished') this.#tell(runId, ...endOf(progress));
        return;
      default:
        assertNever(state);
    }
  }

  #stayAwake(who: 'run' | 'keepOut', awake: boolean): void {
    this.#needs[who] = awake;
    if (this.#needs.run || this.#needs.keepOut)
      this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }

  /** Whoever looks at the window sees it there. */
  #tell(runId: string, title: string, body: string): void {
    if (this.#options.window()?.isFocused() || !Notification.isSupported()) return;
    this.#told?.close();
    this.#told = new Notification({ title, body });
    this.#told.on('click', () => this.#options.open(runId));
    // macOS refuses those of an app that is not signed; the window tells all the same.
    this.#told.on('failed', () => undefined);
    this.#told.show();
  }
}

/** Whether nothing happens in that state until somebody does something. */
const isResting = (state: RunState): boolean =>
  state.kind === 'paused' ? !GO_ON_ALONE.has(state.reason) : state.kind !== 'running';

/** What a pause needs from the person. */
const NEEDS: Readonly<Partial<Record<PauseReason, string>>> = {
  'sign-in-needed': 'Your token has ended. Sign in again to go on.',
  'proxy-sign-in': 'The proxy wants a user name and password.',
  'not-trusted': 'The certificate of Genesys Cloud is not trusted on this network.',
  portal: 'Something else answers in its place. Sign in to this network first.',
  'nothing-allowed': 'The first users were all refused. Check your permissions, then continue or cancel.',
  'journal-not-writable': 'Its record cannot be written. Make room on the disk, or put the folder back.',
};

/** Title and text. */
function endOf({ counts, users, dryRun }: RunProgress): [string, string] {
  const done = dryRun
    ? `The tokens of ${counts['would-revoke']} of ${users} would be revoked`
    : `The tokens of ${counts.revoked} of ${users} were revoked`;
  const failures = counts.failed + counts.forbidden;
  return [
    dryRun ? 'Dry run finished' : 'Revocation finished',
    failures > 0 ? `${done}, ${failures} failed. Open the report for the rest.` : `${done}.`,
  ];
}
