import { app, nativeTheme, powerMonitor } from 'electron';
import { createAppWindow } from './app/app-window.ts';
import { createDocumentation } from './app/browser.ts';
import { liftConnectionsLimit } from './app/connections-limit.ts';
import { beginStartup } from './app/startup.ts';
import { warmDemo } from './app/demo.ts';
import { followClosing } from './app/follow-closing.ts';
import { followSession } from './app/follow-session.ts';
import { logTheUncaught } from './app/last-resort.ts';
import { installMenu } from './app/menu.ts';
import { createNetworkAccess } from './app/network-access.ts';
import { openConsent } from './app/own-dialogs.ts';
import { serveRenderer } from './app/protocol.ts';
import { openRevocation } from './app/runs.ts';
import { enforceSecurityRules } from './app/security.ts';
import { openSignIn } from './app/sign-in.ts';
import { followSleep } from './app/sleep.ts';
import { keepPrivate } from './files/keep-private.ts';
import { serveCalls } from './ipc/handlers.ts';
import { createPlatform } from './platform.ts';
import { openRemoval } from './app/open-removal.ts';
import { openStorage } from './storage.ts';

/** What can be had before Electron is ready: what the system gives, what is kept here, and the demo where it is used. */
export async function prepare() {
  const platform = createPlatform();
  const storage = await openStorage(app.getPath('userData'), platform);
  warmDemo(storage);
  return { platform, storage };
}

/** What Tokendesk is made of, and the order in which it starts. Electron is ready. */
export async function start({ platform, storage }: Awaited<ReturnType<typeof prepare>>): Promise<void> {
  logTheUncaught(storage.log);
  liftConnectionsLimit(storage.connectionsFile.value.connections);
  const window = createAppWindow(storage.settings);
  enforceSecurityRules(createDocumentation(platform.clock));
  serveRenderer();
  nativeTheme.themeSource = storage.settings.all.theme;
  // Making the window takes longer than all that follows, which stands in the same tick: its page asks for nothing before.
  const shown = window.show();
  const consent = openConsent(platform, storage, window);
  const network = createNetworkAccess({ platform, storage, window });
  const signIn = openSignIn(platform, storage, network);
  const revocation = openRevocation({ platform, storage, window, signIn });
  const removal = openRemoval({ storage, signIn, network, revocation });
  const menu = installMenu((command) => window.send('menu.command', command), !app.isPackaged);
  followClosing({ platform, storage, window, consent, revocation });
  followSession({ platform, storage, window, menu, signIn, revocation });
  followSleep({ powerMonitor, revocation, session: signIn.session, now: platform.now });
  const first = beginStartup({ ...platform, ...storage, ...signIn, window });
  serveCalls({ platform, storage, window, consent, network, signIn, revocation, removal, first });
  void keepPrivate(storage.folder);
  void storage.runsFolder.keepPrivate();
  await shown;
}
