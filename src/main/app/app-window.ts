import { app, type BrowserWindow } from 'electron';
import type { EventName, Events } from '../../shared/ipc.ts';
import { AppFailure } from '../failure.ts';
import type { SettingsStore } from './settings.ts';
import { createWindow, loadApp, preloadFile } from './window.ts';

/** The one window, before it is there and after it is gone too. */
export interface AppWindow {
  readonly current: BrowserWindow | null;
  /** For a question or a dialog. @throws AppFailure `cancelled` when the window is closed. */
  open(): BrowserWindow;
  /** Told to nobody where there is no window. */
  send<K extends EventName>(name: K, payload: Events[K]): void;
  /** Shown, restored and focused: a second start, or a notification that was clicked. */
  toFront(): void;
  /** From now on asked when the person closes the window. Resolves to whether it may, when all is in order for that. */
  guard(mayClose: () => Promise<boolean>): void;
  /** Called once the window is there, before its page is loaded. */
  onOpen(listener: (opened: BrowserWindow) => void): void;
  /** Resolves when the page is loaded. */
  show(): Promise<void>;
}

/** The window where it was last time, as the settings keep it. */
export function createAppWindow(settings: Pick<SettingsStore, 'all' | 'remember'>): AppWindow {
  let window: BrowserWindow | null = null;
  let mayClose: () => Promise<boolean> = () => Promise.resolve(true);
  let onOpen: (opened: BrowserWindow) => void = () => undefined;

  const toFront = (): void => {
    if (!window) return;
    // It may never have been shown: on Wayland the sign for it does not come reliably.
    window.show();
    if (window.isMinimized()) window.restore();
    window.focus();
  };
  app.on('second-instance', toFront);
  app.on('activate', toFront);
  app.on('window-all-closed', () => {
    app.quit();
  });

  const closeWhenAllowed = (opened: BrowserWindow): void => {
    let closing: 'no' | 'asking' | 'allowed' = 'no';
    const ask = async (): Promise<void> => {
      closing = 'asking';
      try {
        closing = (await mayClose()) ? 'allowed' : 'no';
      } catch (error) {
        closing = 'no';
        throw error;
      }
      if (closing === 'allowed') opened.close();
    };
    opened.on('close', (event) => {
      if (closing === 'allowed') return;
      event.preventDefault();
      if (closing === 'no') void ask();
    });
  };

  return {
    get current() {
      return window;
    },
    open: () => {
      if (window) return window;
      throw new AppFailure({ code: 'cancelled', message: 'The window was closed.' });
    },
    send: (name, payload) => {
      if (window && !window.isDestroyed()) window.webContents.send(name, payload);
    },
    toFront,
    guard: (asked) => {
      mayClose = asked;
    },
    onOpen: (listener) => {
      onOpen = listener;
    },
    show: async () => {
      const opened = createWindow({
        place: settings.all.window,
        preload: preloadFile(),
        onPlace: (place) => settings.remember({ window: place }),
      });
      window = opened;
      closeWhenAllowed(opened);
      onOpen(opened);
      opened.on('closed', () => {
        window = null;
      });
      await loadApp(opened);
    },
  };
}
