import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron';
import { assertNever } from '../../shared/result.ts';
import type { PauseReason, RunProgress } from '../../shared/run.ts';

/** Pauses that end by themselves, if the computer lets them. */
const GO_ON_ALONE: ReadonlySet<PauseReason> = new Set([
  'offline',
  'rate-limited',
  'server-failing',
  'asleep',
]);

/** What the desktop shows and does while a run goes on: taskbar progress, no sleep, a notification at the end. */
export function createRunPresence(window: () => BrowserWindow | null) {
  let blocker: number | null = null;

  const stayAwake = (awake: boolean): void => {
    if (awake) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };

  return {
    update(progress: RunProgress): void {
      const { state, users, counts } = progress;
      const left = counts['not-attempted'];
      const share = users === 0 ? 1 : (users - left) / users;
      switch (state.kind) {
        case 'planned':
        case 'running':
          stayAwake(true);
          window()?.setProgressBar(share);
          return;
        case 'paused':
          // Pauses that end by themselves need the computer awake; the person's own pause does not.
          stayAwake(GO_ON_ALONE.has(state.reason));
          window()?.setProgressBar(share, { mode: 'paused' });
          return;
        case 'interrupted':
        case 'cancelled':
        case 'finished':
          stayAwake(false);
          window()?.setProgressBar(-1);
          if (state.kind === 'finished' && !window()?.isFocused()) notify(progress);
          return;
        default:
          assertNever(state);
      }
    },
  };
}

function notify({ counts, users, dryRun }: RunProgress): void {
  if (!Notification.isSupported()) return;
  const done = dryRun
    ? `${counts['would-revoke']} of ${users} would be revoked`
    : `${counts.revoked} of ${users} revoked`;
  const failures = counts.failed + counts.forbidden;
  new Notification({
    title: dryRun ? 'Dry run finished' : 'Revocation finished',
    body: failures > 0 ? `${done}, ${failures} failed. Open the report for the rest.` : `${done}.`,
  }).show();
}
