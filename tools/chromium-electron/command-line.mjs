// @ts-check
import path from 'node:path';

/**
 * @typedef {object} CommandLine
 * @property {string[]} preloads modules named by `-r`: Playwright's loader
 * @property {Map<string, string>} switches every `--name[=value]`, as `app.commandLine` shows them
 * @property {string} target the app's folder or main file, absolute
 * @property {number | null} inspectPort null: no inspector; 0: any free port
 */

/**
 * Electron's own rule: `-r` and switches may stand before the app, and switches after it too.
 * @param {readonly string[]} args without the executable
 * @param {string} cwd
 * @returns {CommandLine}
 */
export function parseCommandLine(args, cwd) {
  /** @type {string[]} */
  const preloads = [];
  /** @type {Map<string, string>} */
  const switches = new Map();
  /** @type {string | undefined} */
  let target;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (target === undefined && (arg === '-r' || arg === '--require')) preloads.push(args[++i] ?? '');
    else if (arg.startsWith('--')) {
      const [, name = '', value = ''] = /^--([^=]*)=?(.*)$/s.exec(arg) ?? [];
      if (name) switches.set(name, value);
    } else if (target === undefined && !arg.startsWith('-')) target = arg;
  }
  const inspect = switches.get('inspect') ?? switches.get('inspect-brk');
  const inspectPort = inspect === undefined ? null : Number(inspect.split(':').at(-1)) || 0;
  return { preloads, switches, target: path.resolve(cwd, target ?? '.'), inspectPort };
}
