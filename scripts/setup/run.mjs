// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';

const KEPT = 20_000; // characters of output, for the case of failure

/** Everything goes to stderr: stdout belongs to the script that set-up runs before. @param {string} text */
export const say = (text) => void process.stderr.write(`setup: ${text}\n`);

/** Which server a package came from is nobody's business in a log. @param {string} text */
export const withoutHosts = (text) =>
  text
    .replaceAll(/\b([a-z]+:\/\/)[^/\s"']+/gi, '$1…')
    .replaceAll(/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT) \S+/g, '$1 …');

/**
 * Runs a command quietly; its last words are shown only if it fails.
 * @param {readonly string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, limitMs?: number, stall?: Stall }} [options]
 * @returns {Promise<{ ok: boolean, output: string, stalled: boolean }>}
 * @typedef {object} Stall ends the command when nothing more comes
 * @property {() => number} bytes that have come
 * @property {number} limitMs
 * @property {number} [everyMs] how often they are looked at
 */
export function run([file = '', ...args], { env, cwd, limitMs, stall } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const keep = (/** @type {Buffer} */ data) => {
      output = (output + data.toString()).slice(-KEPT);
    };
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd,
      env: env ?? process.env,
      ...(limitMs && { timeout: limitMs, killSignal: 'SIGKILL' }),
    });
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let stalled = false;
    const watch = stall && watchStall(stall, () => (stalled = child.kill('SIGKILL')));
    const end = (/** @type {boolean} */ ok, /** @type {string} */ words) => {
      clearInterval(watch);
      resolve({ ok, output: words, stalled });
    };
    child.on('error', (error) => end(false, error.message));
    child.on('close', (code) => end(code === 0, withoutHosts(output.trim())));
  });
}

/** @param {Stall} stall @param {() => void} onStall */
function watchStall({ bytes, limitMs, everyMs = 1_000 }, onStall) {
  let last = bytes();
  let since = performance.now();
  return setInterval(() => {
    const now = bytes();
    if (now !== last) {
      last = now;
      since = performance.now();
    } else if (performance.now() - since > limitMs) onStall();
  }, everyMs);
}

/** @param {readonly string[]} command @returns {string | null} its first line, or null where it fails */
export function ask([file = '', ...args]) {
  const { status, stdout } = spawnSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? (stdout.split('\n', 1)[0] ?? '') : null;
}

/**
 * Whether a server can be reached at all; a download would find out far more slowly.
 * @param {string} host
 * @param {number} limitMs
 * @returns {Promise<boolean>}
 */
export function canReach(host, limitMs) {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 443 });
    const end = (/** @type {boolean} */ reached) => {
      clearTimeout(limit);
      socket.destroy();
      resolve(reached);
    };
    const limit = setTimeout(() => end(false), limitMs); // a socket's own limit does not count the name's look-up
    socket.on('connect', () => end(true)).on('error', () => end(false));
  });
}
