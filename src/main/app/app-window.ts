import { app, type BrowserWindow } from 'electron';
import type { EventName, Events } from '../../shared/events.ts';
import { failure } from '../failure.ts';
import type { SettingsStore } from './settings.ts';
import { createWindow, loadApp, preloadFile } from './window.ts';

interface Closing {
  /** Resolves to whether it may, when all is in order for that. */
  readonly mayClose: () => Promise<boolean>;
  /**
   * Whether a window that went without asking has to come back. A page in the sandbox that closes itself asks nobody:
   * https://github.com/electron/electron/issues/28215
   */
  readonly mustStay: () => boolean;
}

/** The one window, before it is there and after it is gone too. */
export interface AppWindow {
  readonly current: BrowserWindow | null;
  /** For a question or a dialog. @throws AppFailure `cancelled` when the window is closed. */
  open(): BrowserWindow;
  /** Told to nobody where there is no window. */
  send<K extends EventName>(name: K, payload: Events[K]): void;
  /** Shown, restored and focused: a second start, or a notification that was clicked. */
  toFront(): void;
  /** From now on asked when the window closes. */
  guard(closing: Closing): void;
  /** Called once the window is there, at once where it is. */
  onOpen(listener: (opened: BrowserWindow) => void): void;
  /** Resolves when the page is loaded. */
  show(): Promise<void>;
}

/** The window where it was last time, as the settings keep it. */
export function createAppWindow(settings: Pick<SettingsStore, 'all' | 'remember'>): AppWindow {
  let window: BrowserWindow | null = null;
  let guard: Closing = { mayClose: () => Promise.resolve(true), mustStay: () => false };
  let onOpen: (opened: BrowserWindow) => void = () => undefined;
  /** The window went, and should not have. */
  let wasLost = false;

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
    // Not emitted when the program itself exits.
    if (wasLost) void show();
    else app.quit();
  });

  return {
    get current() {
      return window;
    },
    open: () => {
      if (window) return window;
      throw failure('cancelled', 'The window was closed.');
    },
    send: (name, payload) => {
      if (window && !window.isDestroyed()) window.webContents.send(name, payload);
    },
    toFront,
    guard: (closing) => {
      guard = closing;
    },
    onOpen: (listener) => {
      onOpen = listener;
      if (window) listener(window);
    },
    show,
  };

  async function show(): Promise<void> {
    const opened = createWindow({
      place: settings.all.window,
      preload: preloadFile(),
      onPlace: (place) => settings.remember({ window: place }),
    });
    window = opened;
    const wasAllowed = closeWhenAllowed(opened, () => guard.mayClose());
    onOpen(opened);
    opened.on('closed', () => {
      window = null;
      wasLost = !wasAllowed() && guard.mustStay();
    });
    await loadApp(opened);
  }
}

/** Asks before it closes, once at a time. @returns whether it was allowed to close. */
function closeWhenAllowed(opened: BrowserWindow, mayClose: Closing['mayClose']): () => boolean {
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
  return () => closing === 'allowed';
}
