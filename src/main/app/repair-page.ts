import type { WebContents } from 'electron';

/** A page that ends so often within a minute would end again. */
const MAX_REPAIRS = 3;
const MINUTE_MS = 60_000;

/** Chromium's net::ERR_ABORTED: another load took its place, or we refused to go somewhere. */
const ABORTED = -3;

/**
 * Loads the page anew when its process is gone: main, and a run in it, go on. A page that cannot be had at all is given
 * up with the reason, since a window without one cannot even be asked to close.
 */
export function repairPage(
  contents: Pick<WebContents, 'on' | 'reload'>,
  options: {
    readonly onGone: (reason: string) => void;
    readonly giveUp: (error: Error) => void;
    /** Monotonic, ms. */
    readonly now: () => number;
  },
): void {
  const { onGone, giveUp, now } = options;
  let repairs: readonly number[] = [];
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    onGone(reason);
    repairs = [...repairs.filter((at) => now() - at < MINUTE_MS), now()];
    if (repairs.length > MAX_REPAIRS)
      giveUp(new Error(`The window’s page ended again and again (${reason}).`));
    else contents.reload();
  });
  contents.on('did-fail-load', (_event, code, description, _address, isMainFrame) => {
    if (isMainFrame && code !== ABORTED)
      giveUp(new Error(`The window’s page could not be loaded (${description || code}).`));
  });
}
