// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from '../tools/chromium-electron/chromium-path.mjs';

const ROOT = join(import.meta.dirname, '..');
const STAND_IN = join(ROOT, 'tools', 'chromium-electron');

/**
 * What runs the app here: Electron where its binary was downloaded, else Chromium behind tools/chromium-electron.
 * @returns {'electron' | 'chromium' | 'nothing'}
 */
export function electronChoice() {
  if (existsSync(join(ROOT, 'node_modules', 'electron', 'path.txt'))) return 'electron';
  return process.platform === 'linux' && chromiumPath() ? 'chromium' : 'nothing';
}

/** @returns {string} the version of the npm package: of the binary, or of the API that Chromium stands in for */
export function electronVersion() {
  const manifest = readFileSync(join(ROOT, 'node_modules', 'electron', 'package.json'), 'utf8');
  return JSON.parse(manifest).version;
}

/**
 * Environment variables that make electron-vite, Playwright and `electron` itself take what `electronChoice` says.
 * Playwright looks in its own process, so set them there too, not only in `env` of `_electron.launch`.
 * @returns {Record<string, string>} empty for Electron itself
 * @throws Error where neither is there
 */
export function electronEnvironment() {
  switch (electronChoice()) {
    case 'electron':
      return {};
    case 'chromium':
      return { ELECTRON_OVERRIDE_DIST_PATH: STAND_IN, ELECTRON_EXEC_PATH: join(STAND_IN, 'electron') };
    default:
      throw new Error(
        "Nothing can run the app: Electron's binary is missing (npx install-electron downloads it), and so is Chromium.",
      );
  }
}

/**
 * For `_electron.launch`, which otherwise adds `--no-sandbox` on Linux: the app runs in the sandbox that ships. As root
 * Chromium refuses it.
 * https://github.com/microsoft/playwright/blob/v1.65.1/packages/playwright-core/src/server/electron/electron.ts
 */
export const IN_SANDBOX = { chromiumSandbox: hasSandbox() };

/** A container, or AppArmor on Ubuntu 24.04, may forbid the user namespace that Chromium's sandbox begins with. */
function hasSandbox() {
  if (process.platform !== 'linux') return true;
  return process.getuid?.() !== 0 && spawnSync('unshare', ['--user', 'true']).status === 0;
}
