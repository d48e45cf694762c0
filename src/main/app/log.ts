import { lstatSync, mkdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import log from 'electron-log/node.js';
import type { LogLevel } from '../../shared/app.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../files/replace-file.ts';

export interface Log {
  error(message: string, error?: unknown): void;
  warn(message: string): void;
  info(message: string): void;
  /** Writes down what the person decided in a dialog of main: into a file of its own, whatever the level is. */
  decision(message: string): void;
  setLevel(level: LogLevel): void;
  /** Deletes everything written so far and writes nothing more. Throws when something is left; it goes on then. */
  remove(): Promise<void>;
}

/** Longest record, characters: a stack and its message. */
const MAX_RECORD = 8_000;

/**
 * A record on one line: what a server, a file or the window said could otherwise begin a record of its own, or steer the
 * terminal that shows it (https://owasp.org/www-community/attacks/Log_Injection).
 */
export const oneLine = (text: string): string =>
  text
    .slice(0, MAX_RECORD)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\\]/gu, (char) =>
      char === '\n' ? '\\n' : char === '\\' ? '\\\\' : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
    );

/** electron-log writes synchronously: a pipe in the place of its file would stop the program for ever. */
function makeRoom(folder: string, path: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
    if (!lstatSync(path).isFile()) renameSync(path, `${path}.${Date.now()}`);
  } catch {
    // Nothing stands there yet; or nothing can be written there, and electron-log goes without.
  }
}

/** One rotating file of at most 1 MB (and one old one). Never holds a secret: see `describe`. */
export function openLog(folder: string, level: LogLevel): Log {
  const path = join(folder, 'tokendesk.log');
  makeRoom(folder, path);
  log.transports.file.resolvePathFn = () => path;
  log.transports.file.writeOptions = { flag: 'a', mode: PRIVATE_FILE, encoding: 'utf8' };
  log.transports.file.maxSize = 1_000_000;
  log.transports.file.level = level;
  log.transports.console.level = 'error';
  const decisions = log.create({ logId: 'decisions' });
  decisions.transports.file.resolvePathFn = () => join(folder, 'decisions.log');
  decisions.transports.file.writeOptions = log.transports.file.writeOptions;
  decisions.transports.file.maxSize = 1_000_000;
  decisions.transports.console.level = false;
  return {
    error(message, error) {
      log.error(oneLine(error === undefined ? message : `${message}: ${describe(error)}`));
    },
    warn(message) {
      log.warn(oneLine(message));
    },
    info(message) {
      log.info(oneLine(message));
    },
    decision(message) {
      decisions.info(oneLine(message));
    },
    setLevel(next) {
      log.transports.file.level = next;
    },
    async remove() {
      const before = log.transports.file.level;
      log.transports.file.level = false;
      decisions.transports.file.level = false;
      await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
        log.transports.file.level = before;
        decisions.transports.file.level = 'info';
        throw error;
      });
    },
  };
}

/** Name, message and stack only: other properties of an error can carry a request with its headers. */
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : typeof error;
}
