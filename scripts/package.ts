// `npm run package`: packages for this system, from the bundles and the Electron binary that the tests ran on.
// With `-- --stand-in`: only the layout (dist/…-unpacked), with tools/chromium-electron in the place of the binary.
// With `-- --for-tests`: only the layout, in dist-package-tests/, of a package that Playwright can drive.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, DIR_TARGET, Platform } from 'electron-builder';
import { electronChoice, electronVersion } from './electron-environment.mjs';
import config, { packageForTests } from '../packaging/electron-builder.ts';

const ROOT = join(import.meta.dirname, '..');
const options = process.argv.slice(2);
const standIn = options.includes('--stand-in');
const forTests = options.includes('--for-tests');
if (options.some((option) => option !== '--stand-in' && option !== '--for-tests')) {
  console.error('Usage: npm run package [-- --stand-in] [--for-tests]');
  process.exit(2);
}
if (!standIn && electronChoice() !== 'electron') {
  console.error(
    "No package: Electron's binary is missing here (npx install-electron downloads it; `npm run package:check` tries the layout without).",
  );
  process.exit(1);
}

const { directories, ...rest } = forTests ? packageForTests : config;
npm('run', '--silent', 'build', '--', '--mode', forTests ? 'package-tests' : 'release');
rmSync(join(ROOT, directories.output), { recursive: true, force: true });
const folder = standIn ? standInAsElectron() : join(ROOT, 'node_modules', 'electron', 'dist');
try {
  await build({
    config: { ...rest, directories, electronDist: folder },
    publish: 'never',
    ...((standIn || forTests) && { targets: Platform.current().createTarget(DIR_TARGET) }),
  });
} finally {
  if (standIn) rmSync(folder, { recursive: true, force: true });
}

function npm(...args: readonly string[]): void {
  const { status } = spawnSync('npm', args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * The stand-in with what electron-builder expects of a binary: a version, licences, languages, and a fuse wire, which is
 * flipped as in the real one: https://github.com/electron/electron/blob/main/docs/tutorial/fuses.md#the-hard-way
 * @returns a folder to remove
 */
function standInAsElectron(): string {
  const source = join(ROOT, 'tools', 'chromium-electron');
  const folder = mkdtempSync(join(tmpdir(), 'tokendesk-electron-'));
  for (const name of readdirSync(source)) {
    if (name.endsWith('.mjs') && !name.includes('.test.')) cpSync(join(source, name), join(folder, name));
  }
  const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const defaults = '10110001'; // fuse by fuse, as Electron ships them
  const wire = `\n# ${SENTINEL}\u0001${String.fromCharCode(defaults.length)}${defaults}\n`;
  writeFileSync(join(folder, 'electron'), readFileSync(join(source, 'electron'), 'latin1') + wire, {
    encoding: 'latin1',
    mode: 0o755,
  });
  writeFileSync(join(folder, 'version'), electronVersion());
  cpSync(join(ROOT, 'node_modules', 'electron', 'LICENSE'), join(folder, 'LICENSE'));
  mkdirSync(join(folder, 'resources'));
  mkdirSync(join(folder, 'locales'));
  for (const language of ['de', 'en-US']) writeFileSync(join(folder, 'locales', `${language}.pak`), '');
  return folder;
}
