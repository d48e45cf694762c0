import { app } from 'electron';
import { fasterClock } from '../clock.ts';
import type { Platform } from '../platform.ts';
import { createRevocation, type Revocation } from '../revocation/index.ts';
import { createWorkerReader } from '../revocation/lists/worker-reader.ts';
import listWorkerPath from '../revocation/lists/worker.ts?modulePath';
import type { Storage } from '../storage.ts';
import type { AppWindow } from './app-window.ts';
import { keepOutSpeed } from './environment.ts';
import { DesktopProgress } from './desktop-progress.ts';
import type { SignIn } from './sign-in.ts';

/** The room of revocation, with what it is given, and whom it tells how far it is. */
export function openRevocation(parts: {
  readonly platform: Platform;
  readonly storage: Storage;
  readonly window: AppWindow;
  readonly signIn: Pick<SignIn, 'session'>;
}): Revocation {
  const { platform, window } = parts;
  const { session } = parts.signIn;
  const { protectedUsers, runsFolder } = parts.storage;
  const presence = new DesktopProgress({
    window: () => window.current,
    open: (runId) => {
      window.toFront();
      window.send('menu.command', { kind: 'show-run', runId });
    },
  });
  return createRevocation({
    clock: platform.clock,
    random: platform.random,
    appVersion: app.getVersion(),
    runsDir: runsFolder.path,
    session: () => session.api(),
    protectedEntries: (connectionId) => protectedUsers.list(connectionId),
    saveProtected: (connectionId, entries) => protectedUsers.save(connectionId, entries, []),
    readList: createWorkerReader(listWorkerPath),
    onListProgress: (progress) => window.send('list.progress', progress),
    onPlanProgress: (progress) => window.send('plan.progress', progress),
    onProgress: (progress) => {
      presence.update(progress);
      window.send('run.progress', progress);
    },
    onVerificationProgress: (progress) => window.send('verification.progress', progress),
    keepOutClock: fasterClock(platform.clock, keepOutSpeed()),
    onKeepOut: (summary) => {
      presence.keepOut(summary);
      window.send('keepOut.changed', summary);
    },
  });
}
