import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sandboxRemedy, sizeOf } from './electron.mjs';
import { run } from './run.mjs';

describe('a download', () => {
  /** A program that goes on for ever, and what it seems to have brought at each look. */
  const download = (bytes, limitMs = 150) =>
    run([process.execPath, '-e', 'setInterval(() => {}, 1000)'], {
      stall: { bytes, limitMs, everyMs: 20 },
    });

  it('that stands still is ended, and said to have', async () => {
    expect(await download(() => 1_000)).toMatchObject({ ok: false, stalled: true });
  });

  it('that is slow goes on for as long as something comes', async () => {
    let looks = 0;
    // Comes on for 40 looks, far longer than the limit, and then stands still.
    const result = await download(() => Math.min((looks += 1), 40));
    expect(result.stalled).toBe(true);
    expect(looks).toBeGreaterThan(40);
  });

  it('that ends by itself was not stalled', async () => {
    const result = await run([process.execPath, '-e', ''], { stall: { bytes: () => 0, limitMs: 20_000 } });
    expect(result).toMatchObject({ ok: true, stalled: false });
  });

  it('is measured by what is in its folders', () => {
    const folder = mkdtempSync(join(tmpdir(), 'setup-size-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a', 'x'), 'x'.repeat(300));
    writeFileSync(join(folder, 'y'), 'y');
    expect(sizeOf(folder)).toBe(301);
    expect(sizeOf(join(folder, 'none'))).toBe(0);
  });
});

describe('the sandbox of an Electron from npm', () => {
  const system = {
    restricted: '1\n',
    helper: { uid: 1000, mode: 0o100755 },
    isRoot: false,
    folder: '/app/node_modules/electron/dist',
  };

  it('does not work where AppArmor restricts user namespaces, and the remedy is printed', () => {
    expect(sandboxRemedy(system)).toContain(
      'sudo chown root:root /app/node_modules/electron/dist/chrome-sandbox && sudo chmod 4755 /app/node_modules/electron/dist/chrome-sandbox',
    );
    expect(sandboxRemedy({ ...system, helper: null })).not.toBeNull();
  });

  it.each([
    ['another kernel', { restricted: null }],
    ['a restriction that is off', { restricted: '0\n' }],
    ['root', { isRoot: true }],
    ['a helper that is set up', { helper: { uid: 0, mode: 0o104755 } }],
  ])('works with %s', (_what, over) => {
    expect(sandboxRemedy({ ...system, ...over })).toBeNull();
  });
});
