import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import log from 'electron-log/node.js';
import type { LogLevel } from '../../shared/app.ts';

export interface Log {
  error(message: string, error?: unknown): void;
  warn(message: string): void;
  info(message: string): void;
  setLevel(level: LogLevel): void;
  /** Deletes everything written so far and writes nothing more. Throws when something is left; it goes on then. */
  remove(): Promise<void>;
}

/** One rotating file of at most 1 MB (and one old one). Never holds a secret: see `describe`. */
export function openLog(folder: string, level: LogLevel): Log {
  log.transports.file.resolvePathFn = () => join(folder, 'tokendesk.log');
  log.transports.file.maxSize = 1_000_000;
  log.transports.file.level = level;
  log.transports.console.level = 'error';
  return {
    error(message, error) {
      log.error(error === undefined ? message : `${message}: ${describe(error)}`);
    },
    warn(message) {
      log.warn(message);
    },
    info(message) {
      log.info(message);
    },
    setLevel(next) {
      log.transports.file.level = next;
    },
    async remove() {
      const before = log.transports.file.level;
      log.transports.file.level = false;
      await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
        log.transports.file.level = before;
        throw error;
      });
    },
  };
}

/** Name, message and stack only: other properties of an error can carry a request with its headers. */
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : typeof error;
}
