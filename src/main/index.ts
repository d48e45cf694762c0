import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { app, clipboard, ipcMain, nativeTheme, net, powerMonitor, session as windowSession } from 'electron';
import { createAppWindow } from './app/app-window.ts';
import { createDocumentation, createLoginPages } from './app/browser.ts';
import { liftConnectionsLimit } from './app/connections-limit.ts';
import { demoList, startDemo } from './app/demo.ts';
import {
  chooseExportPath,
  chooseFolder,
  confirmCloseDuringRun,
  openFolder,
  openList,
  openSavedPlan,
  showConsent,
} from './app/dialogs.ts';
import { beginFirstMoments } from './app/first-moments.ts';
import { catchTheUncaught, endWithWords, logTheUncaught } from './app/last-resort.ts';
import { openLog } from './app/log.ts';
import { keepHeapSmall } from './app/memory.ts';
import { installMenu } from './app/menu.ts';
import { createAppFetch, probeProxy } from './app/network.ts';
import { hostOverride, signInLimitOverride } from './app/overrides.ts';
import { nameProcess, relaunchOptions } from './app/process-identity.ts';
import { confirmProxyPassword } from './app/proxy-question.ts';
import { registerAppScheme, serveRenderer } from './app/protocol.ts';
import { repairPage } from './app/repair-page.ts';
import { createRunPresence } from './app/run-presence.ts';
import { createRunsFolder } from './app/runs-folder.ts';
import { enforceSecurityRules, isTrustedSender, removeDebuggingSwitches } from './app/security.ts';
import { openSettings } from './app/settings.ts';
import { followSleep } from './app/sleep.ts';
import { followShutdown } from './app/system-shutdown.ts';
import { systemClock } from './clock.ts';
import { createConsent } from './consent/consent.ts';
import { AppFailure } from './failure.ts';
import { keepPrivate } from './files/keep-private.ts';
import { PRIVATE_FOLDER } from './files/replace-file.ts';
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
import { createProxyLogin } from './proxy/proxy-login.ts';
import { createRemoval } from './removal/removal.ts';
import { createRevocation } from './revocation/index.ts';
import { createWorkerReader } from './revocation/lists/worker-reader.ts';
import listWorkerPath from './revocation/lists/worker.ts?modulePath';
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

// The composition root: what Tokendesk is made of, and the order in which it starts.

catchTheUncaught();
keepHeapSmall();
registerAppScheme();
nameProcess();
removeDebuggingSwitches();
if (app.requestSingleInstanceLock())
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => endWithWords('Tokendesk could not start', error));
else app.quit();

async function start(): Promise<void> {
  const folder = app.getPath('userData');
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
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
  liftConnectionsLimit(connections.file.value.connections);
  const log = openLog(paths.log, settings.all.logLevel);
  logTheUncaught(log);
  const shutdown = followShutdown({
    powerMonitor,
    stop: () => revocation.shutdown(),
    quit: () => app.exit(0),
  });

  const window = createAppWindow({
    onPlace: (place) => void settings.update({ window: place }),
    // A run is stopped cleanly, so that its journal ends with a whole record.
    mayClose: async (closing) => {
      const asks = revocation.activeRunId() !== null && !shutdown.begun;
      if (asks && !(await confirmCloseDuringRun(closing))) return false;
      await revocation.shutdown();
      await settings.settled();
      return true;
    },
    onOpen: (opened) => {
      shutdown.watch(opened);
      repairPage(opened.webContents, {
        onGone: (reason) => log.warn(`The window's page is gone (${reason}) and is loaded anew`),
        giveUp: (error) => {
          void revocation.shutdown().finally(() => endWithWords('Tokendesk cannot show its window', error));
        },
        now: () => clock.monotonic(),
      });
    },
  });

  const readClipboard = (): Promise<string> => clipboard.readText();
  const override = hostOverride();
  const browserLimitMs = signInLimitOverride() ?? BROWSER_LIMIT_MS;
  const loginPages = createLoginPages(clock, browserLimitMs);
  const consent = createConsent({
    show: (dialog) => showConsent(window.open(), dialog),
    clock,
    record: (decision) => log.decision(decision),
  });
  const exportPath = (name: string): Promise<string | null> =>
    consent.alone(() => chooseExportPath(window.open(), name));

  const keychain = createKeychain();
  const proxy = createProxyLogin({
    probe: probeProxy,
    keychain,
    clock,
    confirm: (asking) => confirmProxyPassword(window.open(), asking),
    onChange: (asking) => window.send('proxy.changed', asking),
    onKept: (name) => {
      const proxies = [...settings.all.proxies.filter((other) => other !== name), name].slice(-20);
      void settings.update({ proxies });
    },
  });
  const fetch = createAppFetch({
    fetch: (input, init) => net.fetch(input as string, init),
    unlock: (address) => proxy.unlock(address),
    isAsking: () => proxy.asking !== null,
  });
  const session = createSession({
    clock,
    random: Math.random,
    newId: randomUUID,
    fetch,
    startDemo,
    readClipboard,
    openBrowser: (address, loginBase) => loginPages.open(address, loginBase),
    browserLimitMs,
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
    send: (rate) => window.send('rate.changed', rate),
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
  const presence = createRunPresence({
    window: () => window.current,
    open: (runId) => {
      window.toFront();
      window.send('menu.command', { kind: 'show-run', runId });
    },
  });
  const revocation = createRevocation({
    runsDir: () => runsFolder.path(),
    appVersion: app.getVersion(),
    clock,
    random: Math.random,
    session: () => session.api(),
    protectedEntries: (connectionId) => protectedUsers.list(connectionId),
    saveProtected: (connectionId, entries) => protectedUsers.save(connectionId, entries, []),
    onProgress: (progress) => {
      presence.update(progress);
      window.send('run.progress', progress);
    },
    onVerificationProgress: (progress) => {
      window.send('verification.progress', progress);
    },
    readList: createWorkerReader(listWorkerPath),
    onListProgress: (progress) => {
      window.send('list.progress', progress);
    },
    onPlanProgress: (progress) => {
      window.send('plan.progress', progress);
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
    removeSettings: async () => {
      for (const name of settings.all.proxies) await proxy.forget(name);
      await settings.remove();
    },
    removeLog: () => log.remove(),
    clearCache: async () => {
      await windowSession.defaultSession.clearCache();
      await windowSession.defaultSession.clearStorageData();
    },
  });
  const menu = installMenu((command) => window.send('menu.command', command), !app.isPackaged);
  session.onConnectionsChange((list) => {
    window.send('connections.changed', list);
  });
  session.onChange((state) => {
    window.send('session.changed', state);
    menu.setSignedIn(state.kind === 'signed-in');
    rateReport.touch();
    if (state.kind === 'expired') return;
    void revocation.sessionChanged();
    void settings.update({ lastConnectionId: state.kind === 'signed-in' ? state.connection.id : null });
  });

  const first = beginFirstMoments({
    keychain,
    session,
    settings,
    log,
    clock,
    onKeychain: (state) => window.send('keychain.changed', state),
  });

  enforceSecurityRules(createDocumentation(clock));
  listen(
    {
      ...appCalls({
        settings,
        log,
        snapshot: async () => {
          await first.over;
          return {
            keychain: first.keychain,
            connections: session.connections(),
            session: session.state(),
            rate: session.rate(),
            proxy: proxy.asking,
            activeRunId: revocation.activeRunId(),
            interruptedRunIds: await revocation.interruptedRunIds(),
            notices: [settings.notice, connections.notice, await runsFolder.notice()].filter(
              (notice) => notice !== null,
            ),
          };
        },
        proxy,
        onSettingsChanged: () => {
          nativeTheme.themeSource = settings.all.theme;
          session.applyRateShare();
        },
      }),
      ...dataCalls({
        runsFolder,
        removal,
        connections: () => session.connections(),
        isRunning: () => revocation.activeRunId() !== null,
        chooseFolder: (from) => consent.alone(() => chooseFolder(window.open(), from)),
        openFolder,
        restart: async () => {
          await revocation.shutdown();
          app.relaunch(relaunchOptions(process.env));
          app.exit(0);
        },
      }),
      ...sessionCalls({ session, loginPages, localAllowed: override !== null, forget: forgetConnection }),
      ...timeoutCalls({
        session,
        history: timeoutHistory,
        clock,
        chooseExportPath: exportPath,
        warn: (message) => log.warn(message),
      }),
      ...triageCalls({
        triage,
        chooseRecordPath: exportPath,
        now,
      }),
      ...directoryCalls({ session, protectedUsers, revocation }),
      ...revocationCalls({
        revocation,
        openList: () => consent.alone(() => openList(window.open())),
        openSavedPlan: () => consent.alone(() => openSavedPlan(window.open())),
        chooseExportPath: exportPath,
        demoList,
      }),
    },
    {
      ipcMain,
      isTrusted: (event) => isTrustedSender(event, window.current?.webContents ?? null),
      consent,
      toAppError: (error) => (error instanceof AppFailure ? error.error : null),
      log,
    },
  );
  serveRenderer(join(import.meta.dirname, '../renderer'));
  nativeTheme.themeSource = settings.all.theme;
  void keepPrivate(folder);
  await window.show(settings.all.window);
}
