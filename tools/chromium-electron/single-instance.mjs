// @ts-check
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from './profile.mjs';

const LOCK = 'chromium-electron.lock';
const TRIES = 3;
const MESSAGE_LIMIT = 1_000_000; // characters; the command line and what the app adds

/** @typedef {{ argv: string[], cwd: string, data: unknown }} SecondInstance */

/**
 * Which process: its id, and on Linux its start time too, since an id is used again.
 * @param {number} pid
 */
function identityOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`; // field 22: starttime, see proc(5)
  } catch {
    return String(pid);
  }
}

/** @param {string} file */
function holderOf(file) {
  try {
    const text = fs.readFileSync(file, 'utf8');
    const pid = Number.parseInt(text, 10);
    return pid > 0 && isAlive(pid) && identityOf(pid) === text ? pid : null;
  } catch {
    return null;
  }
}

/**
 * One process per folder. The lock is a file that names its holder, made whole in one step (link), so that a
 * killed holder's lock can be told from a living one's and taken over.
 * @param {string} folder userData
 * @param {(message: SecondInstance) => void} onSecond
 * @returns {boolean} whether this process holds the lock
 */
export function takeLock(folder, onSecond) {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, LOCK);
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, identityOf(process.pid));
  try {
    for (let i = 0; i < TRIES; i++) {
      try {
        fs.linkSync(mine, file);
        listen(folder, onSecond);
        process.on('exit', () => fs.rmSync(file, { force: true }));
        return true;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
        if (holderOf(file) !== null) return false;
        fs.rmSync(file, { force: true });
      }
    }
    return false;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/** Not in the folder itself: a socket's path holds 107 bytes at most. @param {string} folder */
function socketOf(folder) {
  const name = createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 16);
  return path.join(os.tmpdir(), `chromium-electron-${name}.sock`);
}

/** @param {string} folder @param {(message: SecondInstance) => void} onSecond */
function listen(folder, onSecond) {
  const socket = socketOf(folder);
  fs.rmSync(socket, { force: true });
  const server = net.createServer((connection) => {
    let text = '';
    connection
      .setEncoding('utf8')
      .on('error', () => {})
      .on('data', (part) => {
        text += part;
        if (text.length > MESSAGE_LIMIT) connection.destroy();
      })
      .on('end', () => {
        if (text) onSecond(JSON.parse(text));
      });
  });
  server.on('error', (error) => console.error(`chromium-electron: single instance: ${error.message}`));
  server.listen(socket).unref();
  process.on('exit', () => fs.rmSync(socket, { force: true }));
}

/**
 * Tells the holder of the lock about this start; resolves also when it does not answer.
 * @param {string} folder
 * @param {SecondInstance} message
 * @returns {Promise<void>}
 */
export function tellHolder(folder, message) {
  return new Promise((resolve) => {
    const connection = net.connect(socketOf(folder));
    connection.setTimeout(1000, () => connection.destroy());
    connection.on('error', () => {}).on('close', () => resolve());
    connection.end(JSON.stringify(message));
  });
}
