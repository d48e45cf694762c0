// @ts-check
// Loaded into main before the app itself (`electron -r`), by tests alone. A test makes the disk under the runs fail and the
// clock jump by `chaos`, and reads there how long main was ever busy. It also records what crosses to the window.
require('../support/recorder.cjs');
const { app } = require('electron');
const promises = require('node:fs/promises');
const { constants } = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const chaos = {
  /** What every path of the disk that fails has in it. */
  disk: '',
  /** @type {'works' | 'full' | 'read-only'} */
  diskIs: 'works',
  /** Added to the computer's clock, ms. */
  clockMs: 0,
  /** The longest time without a turn of the event loop, ms, and the processor time that went by in it. */
  longest: { wallMs: 0, cpuMs: 0 },
  /** How often the program was started again meanwhile. */
  secondStarts: 0,
};
Object.assign(globalThis, { chaos });
app.on('second-instance', () => (chaos.secondStarts += 1));

const realNow = Date.now;
Date.now = () => realNow() + chaos.clockMs;

// Main's moments. On a busy machine this process waits for its turn too: what it did itself is at most its processor time.
const STEP_MS = 20;
let last = performance.now();
let cpu = process.cpuUsage();
setInterval(() => {
  const now = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  const moment = { wallMs: now - last - STEP_MS, cpuMs: (user + system) / 1_000 };
  const length = ({ wallMs, cpuMs } = moment) => Math.min(wallMs, cpuMs);
  if (length() > length(chaos.longest)) chaos.longest = moment;
  last = now;
  cpu = process.cpuUsage();
}, STEP_MS).unref();

/** @param {string} code @param {string} message */
const failed = (code, message) => Object.assign(new Error(`${code}: ${message}`), { code });

/** What the disk says to a change now; null when it takes it. @param {unknown} path */
const refusal = (path) => {
  if (chaos.diskIs === 'works' || !String(path).includes(chaos.disk)) return null;
  return chaos.diskIs === 'full'
    ? failed('ENOSPC', 'no space left on device, write')
    : failed('EROFS', 'read-only file system');
};

/** @type {WeakMap<object, unknown>} */
const paths = new WeakMap();
const { open } = promises;
const WRITES = constants.O_WRONLY | constants.O_RDWR | constants.O_CREAT;
/** @param {string | number | undefined} flags */
const writes = (flags = 'r') => (typeof flags === 'number' ? (flags & WRITES) !== 0 : flags !== 'r');

let patched = false;
/** A disk that fills up takes a part of the bytes first. @param {any} handle */
function patchHandles(handle) {
  if (patched) return;
  patched = true;
  const prototype = Object.getPrototypeOf(handle);
  const { write } = prototype;
  const full = new WeakSet();
  prototype.write = async function (/** @type {any} */ bytes, /** @type {any[]} */ ...rest) {
    const no = refusal(paths.get(this));
    if (no === null) {
      full.delete(this);
      return write.call(this, bytes, ...rest);
    }
    const [offset = 0, length, position] = rest;
    if (no.code !== 'ENOSPC' || full.has(this) || !ArrayBuffer.isView(bytes) || !(length > 1)) throw no;
    full.add(this);
    return write.call(this, bytes, offset, Math.floor(length / 2), position);
  };
  for (const name of ['writeFile', 'appendFile', 'truncate', 'sync', 'datasync']) {
    const real = prototype[name];
    prototype[name] = async function (/** @type {any[]} */ ...args) {
      const no = refusal(paths.get(this));
      // What is full can still be cut and synced.
      if (no !== null && (no.code === 'EROFS' || name.endsWith('File'))) throw no;
      return real.call(this, ...args);
    };
  }
}

promises.open = async (path, flags, mode) => {
  const no = writes(flags) ? refusal(path) : null;
  if (no !== null) throw no;
  const handle = await open(path, flags, mode);
  paths.set(handle, path);
  patchHandles(handle);
  return handle;
};
for (const name of /** @type {const} */ (['mkdir', 'rename', 'rm', 'link'])) {
  const real = /** @type {any} */ (promises[name]);
  /** @type {any} */ (promises)[name] = async (/** @type {unknown} */ path, /** @type {any[]} */ ...rest) => {
    const no = refusal(path);
    // Names can be taken away on a full disk.
    if (no !== null && (no.code === 'EROFS' || name === 'mkdir')) throw no;
    return real(path, ...rest);
  };
}
syncBuiltinESMExports();
