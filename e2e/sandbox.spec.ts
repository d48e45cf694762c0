import { readdirSync, readFileSync } from 'node:fs';
import { IN_SANDBOX } from '../scripts/electron-environment.mjs';
import { expect, test } from './support/app.ts';

const parentOf = (pid: string): string => /^PPid:\s+(\d+)$/m.exec(readProc(pid, 'status'))?.[1] ?? '';

/** Empty where the process ended in this moment. */
function readProc(pid: string, file: 'status' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function isBelow(pid: string, ancestor: number): boolean {
  for (let at = pid; at !== '' && at !== '0'; at = parentOf(at)) if (at === String(ancestor)) return true;
  return false;
}

/** Of each process that draws a page of that program: whether it is confined by seccomp's filters. */
const renderersOf = (main: number): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readProc(name, 'cmdline').includes('--type=renderer'))
    .filter((pid) => isBelow(pid, main))
    .flatMap((pid) => /^Seccomp:\s+(\d)$/m.exec(readProc(pid, 'status'))?.[1] ?? []);

// https://chromium.googlesource.com/chromium/src/+/main/sandbox/linux/README.md
test('the window is drawn in the sandbox that ships', async ({ launch }) => {
  test.skip(!IN_SANDBOX.chromiumSandbox, 'As root, or without user namespaces, Chromium has no sandbox');
  const { electron, pid } = await launch();
  // Whether it was started so: main itself takes the switch away.
  expect(await electron.evaluate(() => process.argv.includes('--no-sandbox'))).toBe(false);
  test.skip(process.platform !== 'linux', 'Elsewhere nothing tells from outside');
  const FILTERED = '2';
  const found = renderersOf(pid);
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found)).toEqual(new Set([FILTERED]));
});
