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
 * the run, so folders whose process is gone (both it and its Chromium were killed) are removed first.
 * @returns {string}
 */
export function createProfile() {
  const base = os.tmpdir();
  for (const name of fs.readdirSync(base)) {
    const [, pid] = /^chromium-electron-(\d+)-/.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) removeProfile(path.join(base, name));
  }
  const folder = fs.mkdtempSync(path.join(base, `${PREFIX}${process.pid}-`));
  fs.mkdirSync(path.join(folder, 'tmp'));
  return folder;
}

/** @param {string} folder */
export function removeProfile(folder) {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
