import { app, powerMonitor } from 'electron';
import type { Consent } from '../consent/consent.ts';
import { closeWindowDialog } from '../consent/dialogs/runs.ts';
import type { Revocation } from '../revocation/index.ts';
import type { Storage } from '../storage.ts';
import type { Platform } from '../platform.ts';
import type { AppWindow } from './app-window.ts';
import { endWithWords } from './last-resort.ts';
import { repairPage } from './repair-page.ts';
import { followShutdown } from './system-shutdown.ts';

/** Whatever ends the window, a person, the system or its page: a run stops in order, so that its journal ends whole. */
export function followClosing(parts: {
  readonly platform: Platform;
  readonly storage: Pick<Storage, 'settings' | 'log'>;
  readonly window: AppWindow;
  readonly consent: Pick<Consent, 'confirm'>;
  readonly revocation: Pick<Revocation, 'activeRunId' | 'isBusy' | 'shutdown'>;
}): void {
  const { window, consent, revocation } = parts;
  const { settings, log } = parts.storage;
  const shutdown = followShutdown({
    powerMonitor,
    stop: () => revocation.shutdown(),
    quit: () => app.exit(0),
  });
  const works = (): boolean => revocation.isBusy() && !shutdown.begun;
  window.guard({
    mayClose: async () => {
      const dialog = closeWindowDialog(revocation.activeRunId() !== null);
      if (works() && !(await consent.confirm('window.close', dialog))) return false;
      await revocation.shutdown();
      await settings.settled();
      return true;
    },
    mustStay: works,
  });
  window.onOpen((opened) => {
    shutdown.watch(opened);
    repairPage(opened.webContents, {
      onGone: (reason) => log.warn(`The window's page is gone (${reason}) and is loaded anew`),
      giveUp: (error) => {
        void revocation.shutdown().finally(() => endWithWords('Tokendesk cannot show its window', error));
      },
      now: () => parts.platform.clock.monotonic(),
    });
  });
}
