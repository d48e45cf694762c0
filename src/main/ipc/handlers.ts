import { app, clipboard, ipcMain, nativeTheme, shell } from 'electron';
import { demoList } from '../app/demo.ts';
import { chooseExportPath, chooseFolder, openFolder, openList, openSavedPlan } from '../app/dialogs.ts';
import { printToPdf } from '../app/paper.ts';
import type { Startup } from '../app/startup.ts';
import type { AppWindow } from '../app/app-window.ts';
import type { NetworkAccess } from '../app/network-access.ts';
import { relaunchOptions } from '../app/process-identity.ts';
import { isTrustedSender } from '../app/security.ts';
import type { SignIn } from '../app/sign-in.ts';
import type { Handlers } from '../consent/calls.ts';
import type { Consent } from '../consent/consent.ts';
import { AppFailure } from '../failure.ts';
import { createSaveExport } from '../files/export-file.ts';
import { createExportedFiles } from '../files/exported-files.ts';
import type { Platform } from '../platform.ts';
import type { Removal } from '../removal/removal.ts';
import type { Revocation } from '../revocation/index.ts';
import type { Storage } from '../storage.ts';
import { appCalls } from './app-calls.ts';
import { storageCalls } from './storage-calls.ts';
import { directoryCalls } from './directory-calls.ts';
import { keepOutCalls } from './keep-out-calls.ts';
import { proxyCalls } from './proxy-calls.ts';
import { revocationCalls } from './revocation-calls.ts';
import { listen } from './router.ts';
import { sessionCalls } from './session-calls.ts';
import { timeoutCalls } from './timeout-calls.ts';
import { triageCalls } from './triage-calls.ts';

/** What the calls of the contract are answered from. */
interface Parts {
  readonly platform: Platform;
  readonly storage: Storage;
  readonly window: AppWindow;
  readonly consent: Consent;
  readonly network: NetworkAccess;
  readonly signIn: SignIn;
  readonly revocation: Revocation;
  readonly removal: Removal;
  readonly first: Startup;
}

/** Opens the one door into main. */
export const serveCalls = (parts: Parts): void =>
  listen(handlersOf(parts), {
    ipcMain,
    isTrusted: (event) => isTrustedSender(event, parts.window.current?.webContents ?? null),
    consent: parts.consent,
    toAppError: (error) => (error instanceof AppFailure ? error.error : null),
    log: parts.storage.log,
  });

/** One handler per call of the contract. */
function handlersOf(parts: Parts): Handlers {
  const { platform, storage, window, consent, revocation } = parts;
  const { session, loginPages, triage } = parts.signIn;
  const { settings, log, runsFolder } = storage;
  const exported = createExportedFiles(platform.clock, shell);
  const saveExport = createSaveExport(async (name) => {
    const path = await consent.alone(() => chooseExportPath(window.open(), name));
    if (path !== null) exported.note(path);
    return path;
  });
  return {
    ...appCalls({
      settings,
      log,
      snapshot: () => snapshotOf(parts),
      onSettingsChanged: () => {
        nativeTheme.themeSource = settings.all.theme;
        session.applyRateShare();
      },
    }),
    ...proxyCalls(parts.network.proxy),
    'exports.show': ({ path }) => {
      exported.show(path);
      return null;
    },
    'exports.open': async ({ path }) => {
      await exported.open(path);
      return null;
    },
    ...storageCalls({
      runsFolder,
      revocation,
      removal: parts.removal,
      connections: () => session.connections(),
      chooseFolder: (from) => consent.alone(() => chooseFolder(window.open(), from)),
      openFolder,
      clock: platform.clock,
      restart: async () => {
        await revocation.shutdown();
        app.relaunch(relaunchOptions(process.env));
        app.exit(0);
      },
    }),
    ...sessionCalls({
      session,
      loginPages,
      writeClipboard: async (text) => {
        await clipboard.writeText(text);
      },
      localAllowed: platform.hostOverride !== null,
      forget: storage.forgetConnection,
    }),
    ...timeoutCalls({
      session,
      history: storage.timeoutHistory,
      clock: platform.clock,
      saveExport,
      warn: (message) => log.warn(message),
    }),
    ...triageCalls({
      triage,
      records: storage.tokenRecords,
      saveExport,
      now: platform.now,
    }),
    ...directoryCalls({ session, protectedUsers: storage.protectedUsers, revocation }),
    ...revocationCalls({
      revocation,
      openList: () => consent.alone(() => openList(window.open())),
      openSavedPlan: () => consent.alone(() => openSavedPlan(window.open())),
      saveExport,
      printToPdf: (html) => printToPdf(html, platform.clock),
      demoList,
      now: platform.now,
    }),
    ...keepOutCalls(revocation.keepOut),
  };
}

/** What the window needs at its start, once the first moments are over. */
async function snapshotOf({ first, signIn, network, revocation, storage }: Parts) {
  const { session } = signIn;
  const [folderNotice, interruptedRunIds] = await Promise.all([
    storage.runsFolder.notice(),
    revocation.interruptedRunIds(),
    first.over,
  ]);
  // Read last and at once: the window is told by events of what changes after this, and must not be told what changed before.
  return {
    keychain: first.keychain,
    connections: session.connections(),
    session: session.state(),
    rate: session.rate(),
    proxy: network.proxy.asking,
    activeRunId: revocation.activeRunId(),
    interruptedRunIds,
    notices: folderNotice === null ? storage.notices : [...storage.notices, folderNotice],
  };
}
