import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { describe, expect, it, vi } from 'vitest';
import config, { APP_ID, FUSES, packageForTests } from '../packaging/electron-builder.ts';

const app = {
  isPackaged: true,
  commandLine: { hasSwitch: () => false },
  setName: vi.fn(),
  setAppUserModelId: vi.fn(),
  enableSandbox: vi.fn(),
};
vi.mock('electron', () => ({ app }));
const { nameProcess } = await import('../src/main/app/process-identity.ts');

describe('what a package says of itself', () => {
  it('Windows knows the running program by the id of its shortcut, or shows no notification', () => {
    nameProcess();
    expect(app.setAppUserModelId).toHaveBeenCalledExactlyOnceWith(APP_ID);
    expect(config.appId).toBe(APP_ID);
    expect(app.setName).toHaveBeenCalledExactlyOnceWith(config.productName);
  });

  // FpmTarget.computeFpmMetaInfoOptions in app-builder-lib throws where one of them is missing.
  it('deb and rpm have a home page, a maintainer with an address, a description and a licence', () => {
    const { homepage } = config.extraMetadata;
    expect(new URL(homepage).protocol).toBe('https:');
    expect(config.linux.maintainer).toMatch(/^[^<>]+ <[^@<>\s]+@[^@<>\s]+>$/);
    expect(config.linux.synopsis).toBeTruthy();
    const { description, license, version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'),
    ) as Record<string, string>;
    expect(description).toBeTruthy();
    expect(license).toBe('MIT');
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('the package that tests drive differs in one fuse, its bundles and its folder, and nothing of it is handed on', () => {
    const { electronFuses, files, directories, extraResources, ...rest } = packageForTests;
    expect(electronFuses).toEqual({ ...FUSES, enableNodeCliInspectArguments: true });
    expect(files.map((entry) => (typeof entry === 'object' ? entry.from : entry))).toEqual(
      config.files.map((entry) => (typeof entry === 'object' ? 'out-package-tests' : entry)),
    );
    expect(directories).toEqual({ ...config.directories, output: 'dist-package-tests' });
    expect(extraResources.map(({ to }) => to)).toEqual(['LICENSE.tokendesk.txt']);
    expect(config).toMatchObject(rest);
    const workflows = join(import.meta.dirname, '..', '.github', 'workflows');
    for (const name of readdirSync(workflows)) {
      const uploaded = readFileSync(join(workflows, name), 'utf8').replace(/#.*$/gm, '');
      expect(uploaded).not.toContain('dist-package-tests');
    }
  });

  it('a package for each system and processor is asked for, and every fuse is decided', () => {
    const targets = [config.win.target, config.mac.target, config.linux.target];
    expect(targets).toEqual([
      ['nsis', 'portable'],
      ['dmg', 'zip'],
      ['AppImage', 'deb', 'rpm'],
    ]);
    const known = Object.values(FuseV1Options).filter((name) => typeof name === 'string');
    expect(Object.keys(FUSES).sort()).toEqual(
      known.map((name) => name.charAt(0).toLowerCase() + name.slice(1)).sort(),
    );
  });
});
