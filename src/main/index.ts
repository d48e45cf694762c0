import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  app,
  clipboard,
  ipcMain,
  nativeTheme,
  net,
  powerMonitor,
  session as windowSession,
  type BrowserWindow,
} from 'electron';
import type { KeychainState } from '../shared/app.ts';
import type { EventName, Events } from '../shared/ipc.ts';
import { openLoginPage } from './app/browser.ts';
import { startDemo } from './app/demo.ts';
import { openLog } from './app/log.ts';
import { keepHeapSmall } from './app/memory.ts';
import { installMenu } from './app/menu.ts';
import { hostOverride, signInLimitOverride } from './app/overrides.ts';
import { registerAppScheme, serveRenderer } from './app/protocol.ts';
import {
  chooseExportPath,
  chooseFolder,
  confirmCloseDuringRun,
  confirmRemoval,
  openFolder,
} from './app/questions.ts';
import { createRunPresence } from './app/run-presence.ts';
import { createRunsFolder } from './app/runs-folder.ts';
import { enforceSecurityRules, isTrustedSender } from './app/security.ts';
import { openSettings } from './app/settings.ts';
import { followSleep } from './app/sleep.ts';
import { createWindow, loadApp, preloadFile } from './app/window.ts';
import { systemClock } from './clock.ts';
import { AppFailure } from './failure.ts';
import { hostsOf } from './genesys/hosts.ts';
import { appCalls } from './ipc/app-calls.ts';
import { dataCalls } from './ipc/data-calls.ts';
import { revocationCalls } from './ipc/revocation-calls.ts';
import { directoryCalls } from './ipc/directory-calls.ts';
import { listen } from './ipc/router.ts';
import { sessionCalls } from './ipc/session-calls.ts';
import { timeoutCalls } from './ipc/timeout-calls.ts';
import { triageCalls } from './ipc/triage-calls.ts';
import { createProtectedUsers } from './protected-users/store.ts';
import { createRemoval } from './removal/removal.ts';
import { createRevocation } from './revocation/index.ts';
import { createKeychain } from './secrets/keychain.ts';
import { createMemoryStore } from './secrets/memory.ts';
import { BROWSER_LIMIT_MS } from './session/browser-sign-in.ts';
import { openConnectionsFile } from './session/connections-file.ts';
import { forgetKept } from './session/keep-secret.ts';
import { createRateReport } from './session/rate-report.ts';
import { createSession } from './session/session.ts';
import { demoHosts } from './session/ways-in.ts';
import { createTimeoutHistory } from './timeout-history/history.ts';
import { createTriage } from './triage/triage.ts';

/** Longest that the window waits for the keychain and for signing in, ms. */
const START_WAIT_MS = 3000;

// The composition root: what Tokendesk is made of, and the order in which it starts.

keepHeapSmall();
registerAppScheme();
app.setName('Tokendesk');
app.enableSandbox();
if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

async function start(): Promise<void> {
  const folder = app.getPath('userData');
  await mkdir(folder, { recursive: true });
  const clock = systemClock;
  const now = (): number => clock.now();
  const paths = {
    settings: join(folder, 'settings.json'),
    connections: join(folder, 'connections.json'),
    log: join(folder, 'logs'),
    'timeout-history': join(folder, 'timeout-history'),
    'protected-users': join(folder, 'protected-users'),
  };
  const settings = await openSettings(paths.settings, now);
  const connections = await openConnectionsFile(paths.connections, now);
  const log = openLog(paths.log, settings.all.logLevel);
  process.on('unhandledRejection', (error) => {
    log.error('Unhandled rejection', error);
  });

  let window: BrowserWindow | null = null;
  const openWindow = (): BrowserWindow => {
    if (!window) throw new AppFailure({ code: 'cancelled', message: 'The window was closed.' });
    return window;
  };
  const send = <K extends EventName>(name: K, payload: Events[K]): void => {
    if (window && !window.isDestroyed()) window.webContents.send(name, payload);
  };

  const fetch: typeof globalThis.fetch = (input, init) =>
    net.fetch(input instanceof URL ? input.href : input, init);
  const readClipboard = (): Promise<string> => clipboard.readText();
  const override = hostOverride();

  const keychain = createKeychain();
  const session = createSession({
    clock,
    random: Math.random,
    newId: randomUUID,
    fetch,
    startDemo,
    readClipboard,
    openBrowser: openLoginPage,
    browserLimitMs: signInLimitOverride() ?? BROWSER_LIMIT_MS,
    hostOverride: override,
    keychain,
    memory: createMemoryStore(),
    connectionsFile: connections.file,
    rateShare: () => settings.all.rateShare,
    onUse: () => rateReport.touch(),
  });
  const rateReport = createRateReport({
    clock,
    read: () => session.rate(),
    send: (rate) => send('rate.changed', rate),
  });
  const triage = createTriage({
    fetch,
    clock,
    random: Math.random,
    readClipboard,
    hostsOf: async (region) =>
      region.kind === 'demo' ? demoHosts(startDemo) : hostsOf(region, { override }),
    isOwnToken: (token) => session.usesToken(token),
  });
  const timeoutHistory = createTimeoutHistory({
    folder: paths['timeout-history'],
    now,
    newId: randomUUID,
  });
  const protectedUsers = createProtectedUsers(paths['protected-users'], now);
  const presence = createRunPresence(() => window);
  const revocation = createRevocation({
    runsDir: () => runsFolder.path(),
    appVersion: app.getVersion(),
    clock,
    random: Math.random,
    session: () => session.api(),
    protectedEntries: (connectionId) => protectedUsers.list(connectionId),
    onProgress: (progress) => {
      presence.update(progress);
      send('run.progress', progress);
    },
    onVerificationProgress: (progress) => {
      send('verification.progress', progress);
    },
    onPlanProgress: (progress) => {
      send('plan.progress', progress);
    },
  });
  followSleep({ powerMonitor, revocation, session, now });
  const runsFolder = createRunsFolder({
    defaultPath: join(folder, 'runs'),
    chosen: () => settings.all.runsFolder,
    choose: (path) => settings.update({ runsFolder: path }),
    isRunning: () => revocation.activeRunId() !== null,
    listRuns: () => revocation.listRuns(),
  });
  const forgetConnection = async (connectionId: string): Promise<void> => {
    await timeoutHistory.forget(connectionId);
    await protectedUsers.forget(connectionId);
  };
  const removal = createRemoval({
    paths,
    runsFolder: runsFolder.path,
    isRunning: () => revocation.activeRunId() !== null,
    connections: () => session.connections(),
    removeConnection: async (connectionId, revokeToken) => {
      await session.remove(connectionId, { revokeToken });
      await forgetConnection(connectionId);
    },
    forgetSecrets: (connectionId) => forgetKept(keychain, connectionId),
    removeConnectionsFile: () => connections.file.remove(),
    removeSettings: () => settings.remove(),
    removeLog: () => log.remove(),
    clearCache: async () => {
      await windowSession.defaultSession.clearCache();
      await windowSession.defaultSession.clearStorageData();
    },
  });
  session.onConnectionsChange((list) => {
    send('connections.changed', list);
  });
  session.onChange((state) => {
    send('session.changed', state);
    rateReport.touch();
    if (state.kind === 'expired') return;
    void revocation.sessionChanged();
    void settings.update({ lastConnectionId: state.kind === 'signed-in' ? state.connection.id : null });
  });

  let keychainState: KeychainState = {
    kind: 'unavailable',
    reason: 'timed-out',
    message: 'The keychain has not answered yet.',
  };
  const knowKeychain = keychain.state().then((state) => {
    keychainState = state;
    send('keychain.changed', state);
  });
  // The window shows what is known by then; what comes later reaches it as an event.
  const starting = Promise.race([Promise.all([knowKeychain, signInAtStart()]), clock.sleep(START_WAIT_MS)]);

  enforceSecurityRules();
  listen(
    {
      ...appCalls({
        settings,
        log,
        snapshot: async () => {
          await starting;
          return {
            keychain: keychainState,
            connections: session.connections(),
            session: session.state(),
            rate: session.rate(),
            activeRunId: revocation.activeRunId(),
            interruptedRunIds: await revocation.interruptedRunIds(),
            notices: [settings.notice, connections.notice, await runsFolder.notice()].filter(
              (notice) => notice !== null,
            ),
          };
        },
        onSettingsChanged: () => {
          nativeTheme.themeSource = settings.all.theme;
          session.applyRateShare();
        },
      }),
      ...dataCalls({
        runsFolder,
        removal,
        chooseFolder: (from) => chooseFolder(openWindow(), from),
        openFolder,
        confirmRemoval: () => confirmRemoval(openWindow()),
        restart: async () => {
          await revocation.shutdown();
          app.relaunch();
          app.exit(0);
        },
      }),
      ...sessionCalls(session, forgetConnection),
      ...timeoutCalls({
        session,
        history: timeoutHistory,
        clock,
        chooseExportPath: (name) => chooseExportPath(openWindow(), name),
        warn: (message) => log.warn(message),
      }),
      ...triageCalls({
        triage,
        chooseRecordPath: (name) => chooseExportPath(openWindow(), name),
        now,
      }),
      ...directoryCalls({ session, protectedUsers, revocation }),
      ...revocationCalls({
        revocation,
        window: openWindow,
        organization: () => session.api()?.connection.organization.name ?? '',
      }),
    },
    {
      ipcMain,
      isTrusted: (event) => isTrustedSender(event, window?.webContents ?? null),
      toAppError: (error) => (error instanceof AppFailure ? error.error : null),
      log,
    },
  );
  serveRenderer(join(import.meta.dirname, '../renderer'));
  installMenu((command) => send('menu.command', command), !app.isPackaged);
  nativeTheme.themeSource = settings.all.theme;

  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => {
    app.quit();
  });

  window = createWindow({
    place: settings.all.window,
    preload: preloadFile(),
    onPlace: (place) => void settings.update({ window: place }),
  });
  let mayClose = false;
  window.on('close', (event) => {
    if (mayClose || !window) return;
    event.preventDefault();
    void closeWhenAllowed(window);
  });
  window.on('closed', () => {
    window = null;
  });
  await loadApp(window);

  /** Asks when a run would be stopped; stops it cleanly, so that its journal ends with a whole record. */
  async function closeWhenAllowed(closing: BrowserWindow): Promise<void> {
    if (revocation.activeRunId() !== null && !(await confirmCloseDuringRun(closing))) return;
    await revocation.shutdown();
    mayClose = true;
    closing.close();
  }

  /** Back to the last connection; the demo organisation the first time. A failure leaves the person signed out. */
  async function signInAtStart(): Promise<void> {
    const { lastConnectionId } = settings.all;
    try {
      if (session.connections().length === 0) await session.signIn({ method: 'demo' });
      else if (lastConnectionId !== null) await session.switchTo(lastConnectionId);
    } catch (error) {
      log.warn(
        error instanceof AppFailure
          ? `Signing in at start: ${error.error.code}`
          : 'Signing in at start failed',
      );
    }
  }
}
