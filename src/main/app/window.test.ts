import { beforeEach, expect, it, vi } from 'vitest';

const opened: { webPreferences: Record<string, unknown>; show: boolean }[] = [];
const app = { isPackaged: true };
vi.mock('electron', () => ({
  app,
  BrowserWindow: class {
    webContents = { on: vi.fn(), once: vi.fn() };
    on = vi.fn();
    once = vi.fn();
    constructor(options: (typeof opened)[number]) {
      opened.push(options);
    }
  },
  Menu: {},
  nativeTheme: { shouldUseDarkColors: false },
  screen: { getAllDisplays: () => [] },
}));
const { createWindow } = await import('./window.ts');

beforeEach(() => {
  vi.useFakeTimers();
  opened.length = 0;
  return () => vi.useRealTimers();
});

it.each([
  [true, false],
  [false, true],
])('the window is sandboxed and apart from Node; packaged: %s, developer tools: %s', (packaged, devTools) => {
  app.isPackaged = packaged;
  createWindow({ place: null, preload: '/preload.cjs', onPlace: () => undefined });
  expect(opened[0]).toMatchObject({
    show: false,
    webPreferences: {
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools,
    },
  });
  // What the threat model says is never set.
  for (const name of [
    'webSecurity',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
  ])
    expect(opened[0]?.webPreferences).not.toHaveProperty(name);
});
