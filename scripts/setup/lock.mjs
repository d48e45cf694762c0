// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const WAIT_MS = 15 * 60 * 1000; // an installation on a slow line
const POLL_MS = 250;

/** @param {string} folder @returns {string} outside the folder: `npm ci` empties node_modules */
export const lockFileOf = (folder) =>
  join(tmpdir(), `tokendesk-setup-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.lock`);

/**
 * One set-up at a time per folder: two `npm ci` in one folder destroy each other's work. The file names the
 * holder's process, so that what a killed one left is removed.
 * @template T
 * @param {string} file
 * @param {{ onWait: () => void, work: () => Promise<T>, waitMs?: number }} options
 * @returns {Promise<T>}
 */
export async function alone(file, { onWait, work, waitMs = WAIT_MS }) {
  const until = Date.now() + waitMs;
  for (let isFirst = true; !take(file); isFirst = false) {
    if (isFirst) onWait();
    if (Date.now() > until)
      throw new Error(`Another set-up has been running for too long; if it is not, delete ${file}`);
    await wait(POLL_MS);
  }
  const release = () => rmSync(file, { force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

/** @param {string} file @returns {boolean} */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    if (!isHeld(file)) rmSync(file, { force: true });
    return false;
  }
}

/** @param {string} file */
function isHeld(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return true; // an empty file is just being written
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'; // another person's process
  }
}
