// @ts-check
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';
import { chromiumPath } from './chromium-path.mjs';
import { createProfile, removeProfile } from './profile.mjs';

const CLOSE_MS = 3000;

/** The shell outlives us: whatever way Chromium ends, also after our own SIGKILL, its profile is removed. */
const RUN_AND_CLEAN_UP = 'profile=$1; shift; "$@"; rm -rf "$profile"';

/**
 * One Chromium, spoken to in the DevTools protocol over a pipe (`--remote-debugging-pipe`): no port, no library,
 * and when this process dies in whatever way, the pipe closes and Chromium ends by itself.
 * Emits the protocol's events: `Domain.event` for the browser, `sessionId:Domain.event` for a page.
 */
export class Chromium extends EventEmitter {
  #executable;
  #profile;
  #lastId = 0;
  /** @type {Map<number, { method: string, resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #pending = new Map();
  /** @type {string[]} */
  #arguments;
  #process;
  #isGone = false;
  /** @type {Promise<void>} */
  gone;
  version = '';

  /**
   * @param {readonly string[]} switches the app's own, passed on
   * @param {{ headless: boolean }} options
   */
  constructor(switches, { headless }) {
    super();
    this.setMaxListeners(0);
    const executable = chromiumPath({ headless });
    if (!executable)
      throw new Error('chromium-electron: no Chromium found; install it, or set CHROMIUM_PATH');
    this.#executable = executable;
    this.#profile = createProfile();
    this.headless = headless;
    const asRoot = process.getuid?.() === 0; // Chromium's sandbox refuses to start for root
    this.#arguments = [
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-dev-shm-usage',
      '--password-store=basic',
      '--disable-sync',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-extensions',
      '--allow-file-access-from-files', // modules of a file:// page, as in Electron
      '--disable-infobars',
      ...(asRoot ? ['--no-sandbox', '--test-type'] : []), // --test-type: no warning bar about --no-sandbox
      '--disable-gpu',
      ...(headless ? ['--headless=new'] : []),
      ...switches,
      `--user-data-dir=${this.#profile}`,
    ];
    const command = [this.#executable, ...this.#arguments, '--remote-debugging-pipe', '--no-startup-window'];
    // A process group of its own: Ctrl+C in the terminal is for the app, which then closes Chromium in order.
    this.#process = spawn('/bin/sh', ['-c', RUN_AND_CLEAN_UP, 'sh', this.#profile, ...command], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
      env: this.#environment(),
    });
    this.gone = new Promise((resolve) => {
      this.#process.once('exit', () => resolve());
      this.#process.once('error', () => resolve());
    });
    void this.gone.then(() => this.#ended());
    this.#listen();
    process.on('exit', () => this.#kill());
  }

  /**
   * @param {string} method
   * @param {object} [params]
   * @param {string} [sessionId] of a page; without it the browser is asked
   * @returns {Promise<any>} may be left unawaited: a late failure while closing is no one's concern
   */
  send(method, params = {}, sessionId) {
    const answer = new Promise((resolve, reject) => {
      if (this.#isGone) return reject(new Error(`${method}: Chromium is gone`));
      const id = ++this.#lastId;
      this.#pending.set(id, { method, resolve, reject });
      this.#pipe(3).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
    answer.catch(() => {});
    return answer;
  }

  /** A window without a tab strip can only be had from the command line: this second process hands over and ends. */
  openAppWindow(/** @type {string} */ url) {
    spawn(this.#executable, [...this.#arguments, `--app=${url}`], {
      stdio: 'ignore',
      env: this.#environment(),
    })
      .on('error', (error) => console.error(`chromium-electron: ${error.message}`))
      .unref();
  }

  async close() {
    void this.send('Browser.close');
    const impatient = setTimeout(() => this.#kill(), CLOSE_MS);
    await this.gone;
    clearTimeout(impatient);
    removeProfile(this.#profile);
  }

  #environment() {
    return { ...process.env, TMPDIR: path.join(this.#profile, 'tmp') };
  }

  #pipe(/** @type {3 | 4} */ index) {
    return /** @type {import('node:net').Socket} */ (this.#process.stdio[index]);
  }

  #listen() {
    const verbose = process.env['CHROMIUM_ELECTRON_VERBOSE'];
    const stderr = /** @type {import('node:stream').Readable} */ (this.#process.stderr);
    readline.createInterface({ input: stderr }).on('line', (line) => {
      // Playwright waits for this line on our stderr; the rest is Chromium talking to itself.
      if (verbose || line.startsWith('DevTools listening on')) process.stderr.write(`${line}\n`);
    });
    /** @type {Buffer[]} */
    let parts = [];
    this.#pipe(3).on('error', () => {});
    this.#pipe(4)
      .on('error', () => {})
      .on('data', (/** @type {Buffer} */ data) => {
        for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0)) {
          parts.push(data.subarray(0, end));
          this.#receive(JSON.parse(Buffer.concat(parts).toString()));
          parts = [];
          data = data.subarray(end + 1);
        }
        if (data.length > 0) parts.push(data);
      });
  }

  #receive(/** @type {any} */ message) {
    if (message.id === undefined) {
      this.emit(
        message.sessionId ? `${message.sessionId}:${message.method}` : message.method,
        message.params,
      );
      return;
    }
    const waiting = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result);
  }

  #ended() {
    this.#isGone = true;
    for (const { method, reject } of this.#pending.values()) reject(new Error(`${method}: Chromium is gone`));
    this.#pending.clear();
    this.emit('gone');
  }

  #kill() {
    if (this.#isGone) return;
    try {
      if (this.#process.pid) process.kill(-this.#process.pid, 'SIGKILL');
    } catch {
      // It ended in this moment.
    }
    removeProfile(this.#profile);
  }
}
