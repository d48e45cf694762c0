import { extname } from 'node:path';
import type { Clock } from '../clock.ts';
import { failure } from '../failure.ts';

/** Files kept in mind; nobody opens an older one from here. */
const MOST = 100;

/** A page that asks a thousand times gets one window, ms. */
const BETWEEN_MS = 500;

/** What an export is, and no program: a name that the person chose could end otherwise. */
const OPENABLE: ReadonlySet<string> = new Set(['.csv', '.json', '.jsonl', '.html', '.pdf', '.txt']);

export interface ExportedFiles {
  /** The person chose that path in a save dialog. */
  note(path: string): void;
  /** Shows it in the system's file manager. @throws AppFailure `no-such-item` */
  show(path: string): void;
  /** Opens it with the system's program for it. @throws AppFailure `no-such-item`, `invalid-input`, `file-unreadable` */
  open(path: string): Promise<void>;
}

/** What was exported since the app started: of all files, the window can have only these shown and opened. */
export function createExportedFiles(
  clock: Pick<Clock, 'monotonic'>,
  shell: {
    readonly showItemInFolder: (path: string) => void;
    /** @returns what went wrong; empty when nothing did. */
    readonly openPath: (path: string) => Promise<string>;
  },
): ExportedFiles {
  let last = -Infinity;

  const paths = new Set<string>();

  /** @returns whether another program may come up now. */
  const allowed = (path: string): boolean => {
    if (!paths.has(path)) throw failure('no-such-item', 'This file was not exported since the app started.');
    const now = clock.monotonic();
    if (now - last < BETWEEN_MS) return false;
    last = now;
    return true;
  };

  return {
    note: (path) => {
      paths.delete(path);
      paths.add(path);
      const [oldest] = paths;
      if (paths.size > MOST && oldest !== undefined) paths.delete(oldest);
    },
    show: (path) => {
      if (allowed(path)) shell.showItemInFolder(path);
    },
    open: async (path) => {
      if (!allowed(path)) return;
      if (!OPENABLE.has(extname(path).toLowerCase()))
        throw failure('invalid-input', 'Files with that ending are not opened from here.');
      const problem = await shell.openPath(path);
      if (problem !== '') throw failure('file-unreadable', problem);
    },
  };
}
