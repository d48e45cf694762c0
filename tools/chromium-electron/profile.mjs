// @ts-check
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PREFIX = 'chromium-electron-';

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * A new folder for Chromium's profile. The app's own data lives in its userData folder; nothing here outlives
 * the run, so folders whose process is gone (both it and its Chromium were killed) are removed first. Such a Chromium
 * may still be writing in the moment of its end, or another start may be removing the same: a later start has the rest.
 * @returns {string}
 */
export function createProfile() {
  const base = os.tmpdir();
  for (const name of fs.readdirSync(base)) {
    const [, pid] = /^chromium-electron-(\d+)-/.exec(name) ?? [];
    if (!pid || isAlive(Number(pid))) continue;
    try {
      fs.rmSync(path.join(base, name), { recursive: true, force: true });
    } catch (error) {
      console.error(`What a killed app left is not all removed: ${String(error)}`);
    }
  }
  const folder = fs.mkdtempSync(path.join(base, `${PREFIX}${process.pid}-`));
  fs.mkdirSync(path.join(folder, 'tmp'));
  return folder;
}

/** @param {string} folder */
export function removeProfile(folder) {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
