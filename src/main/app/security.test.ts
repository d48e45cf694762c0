import { beforeEach, describe, expect, it, vi } from 'vitest';

const removed: string[] = [];
const paths = new Map([['appData', '/home/me/.config']]);
const switches = new Set<string>();
const enableSandbox = vi.fn();
const app = {
  isPackaged: false,
  commandLine: {
    removeSwitch: (name: string) => removed.push(name),
    hasSwitch: (name: string) => switches.has(name),
  },
  setName: vi.fn(),
  setAppUserModelId: vi.fn(),
  enableSandbox,
  getPath: (name: string) => paths.get(name) ?? '',
  setPath: (name: string, path: string) => paths.set(name, path),
};
vi.mock('electron', () => ({ app, session: {}, shell: {} }));
const { devServer, isOwnAddress, removeDebuggingSwitches } = await import('./security.ts');
const { nameProcess, relaunchOptions } = await import('./process-identity.ts');

beforeEach(() => {
  app.isPackaged = false;
  removed.length = 0;
  switches.clear();
  paths.delete('userData');
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('the development server', () => {
  it.each(['http://localhost:5173', 'http://127.0.0.1:5173/', 'http://[::1]:5173'])(
    '%s is one',
    (address) => {
      vi.stubEnv('ELECTRON_RENDERER_URL', address);
      expect(devServer()).toBe(address);
      expect(isOwnAddress(address)).toBe(true);
    },
  );

  it.each([
    'http://evil.example:5173',
    'https://localhost:5173',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'file:///etc/passwd',
    'not an address',
    '',
  ])('%s is none', (address) => {
    vi.stubEnv('ELECTRON_RENDERER_URL', address);
    expect(devServer()).toBeNull();
    expect(isOwnAddress(address)).toBe(false);
  });

  it('is never one of a packaged app', () => {
    app.isPackaged = true;
    vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173');
    expect(devServer()).toBeNull();
  });
});

describe('a packaged app', () => {
  it('takes the debugging switches off its command line; one in development keeps them', () => {
    removeDebuggingSwitches();
    expect(removed).toEqual([]);
    app.isPackaged = true;
    removeDebuggingSwitches();
    expect(removed).toEqual(expect.arrayContaining(['remote-debugging-port', 'remote-debugging-pipe']));
  });

  it('has the folder of its name; one in development has another, unless it is told which', () => {
    app.isPackaged = true;
    nameProcess();
    expect(paths.get('userData')).toBeUndefined();
    app.isPackaged = false;
    nameProcess();
    expect(paths.get('userData')).toBe('/home/me/.config/Tokendesk Development');
    paths.delete('userData');
    switches.add('user-data-dir');
    nameProcess();
    expect(paths.get('userData')).toBeUndefined();
    expect(app.setAppUserModelId).toHaveBeenCalledWith('app.tokendesk.Tokendesk');
  });

  it('starts again as an AppImage from the image, not from where it is mounted', () => {
    expect(relaunchOptions({})).toEqual({});
    expect(relaunchOptions({ APPIMAGE: '/home/me/Tokendesk.AppImage' })).toEqual({
      execPath: '/home/me/Tokendesk.AppImage',
    });
  });
});

describe('the sandbox', () => {
  it('is for everybody but root, for whom Electron would lose its network', () => {
    const getuid = vi.spyOn(process, 'getuid').mockReturnValue(0);
    enableSandbox.mockClear();
    nameProcess();
    expect(enableSandbox).not.toHaveBeenCalled();
    getuid.mockReturnValue(1000);
    nameProcess();
    expect(enableSandbox).toHaveBeenCalledOnce();
  });
});
