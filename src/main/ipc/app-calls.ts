import { arch, release } from 'node:os';
import { app, clipboard } from 'electron';
import type { AppSnapshot } from '../../shared/app.ts';
import type { Log } from '../app/log.ts';
import type { SettingsStore } from '../app/settings.ts';
import type { Handlers } from '../consent/calls.ts';

interface AppDeps {
  readonly settings: SettingsStore;
  readonly log: Log;
  /** What the other parts of main know at this moment. */
  readonly snapshot: () => Promise<
    Omit<AppSnapshot, 'version' | 'platform' | 'platformVersions' | 'runtime' | 'settings'>
  >;
  /** Applies a changed theme or rate share at once. */
  readonly onSettingsChanged: () => void;
}

type AppCalls = Pick<Handlers, 'app.snapshot' | 'app.copyText' | 'settings.update'>;

/** The calls about the app itself. */
export function appCalls({ settings, log, snapshot, onSettingsChanged }: AppDeps): AppCalls {
  return {
    'app.snapshot': async () => ({
      version: app.getVersion(),
      platform: platform(),
      runtime: 'chromium-electron' in process.versions ? 'chromium-electron' : 'electron',
      platformVersions: {
        electron: process.versions.electron,
        chromium: process.versions.chrome,
        node: process.versions.node,
        system: `${release()} (${arch()})`,
        packaged: app.isPackaged,
      },
      settings: settings.visible,
      ...(await snapshot()),
    }),

    'app.copyText': async ({ text }) => {
      await clipboard.writeText(text);
      return null;
    },

    'settings.update': async (change) => {
      await settings.update(change);
      log.setLevel(settings.all.logLevel);
      onSettingsChanged();
      return settings.visible;
    },
  };
}

function platform(): AppSnapshot['platform'] {
  const name = process.platform;
  return name === 'linux' || name === 'darwin' || name === 'win32' ? name : 'other';
}
