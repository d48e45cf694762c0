import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { cleanText } from '../../shared/clean-text.ts';
import type { ConsentDialog } from '../consent/consent.ts';
import { AppFailure, failure, reasonOf } from '../failure.ts';
import { isMissing, readWhole } from '../files/regular-file.ts';
import { MAX_SAVED_BYTES } from '../revocation/plan/saved.ts';

// dialog.x() is called on the module, so that end-to-end tests can answer in the person's place.

/** Larger than any list that can be resolved in a day. */
const LIST_MAX_BYTES = 20 * 1024 * 1024;

/** @returns true when the person pressed the button that names the act; Cancel has the focus. */
export async function showConsent(
  window: BrowserWindow,
  { message, detail, button, cancel = 'Cancel' }: ConsentDialog,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    detail: detail.join('\n'),
    buttons: [cancel, button],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

/** Lets the person choose or make a folder; null when they closed the dialog. */
export async function chooseFolder(window: BrowserWindow, from: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Choose the folder of runs',
    defaultPath: from,
    buttonLabel: 'Use this folder',
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Shows a folder in the system's file manager. @returns what went wrong, in the system's words; empty when nothing did */
export async function openFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    return reasonOf(error);
  }
  return shell.openPath(path);
}

interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Lets the person choose a list; null when they closed the dialog. Throws an AppFailure for a file that cannot be read. */
export const openList = (window: BrowserWindow): Promise<OpenedFile | null> =>
  openFile(
    window,
    'Open a list of users',
    {
      name: 'Lists',
      extensions: ['csv', 'tsv', 'txt', 'xlsx', 'xlsm', 'json', 'jsonl', 'ldif', 'md', 'html'],
    },
    LIST_MAX_BYTES,
  );

/** The same for a saved plan. */
export const openSavedPlan = (window: BrowserWindow): Promise<OpenedFile | null> =>
  openFile(window, 'Open a saved plan', { name: 'Plan', extensions: ['jsonl'] }, MAX_SAVED_BYTES);

async function openFile(
  window: BrowserWindow,
  title: string,
  filter: { readonly name: string; readonly extensions: string[] },
  maxBytes: number,
): Promise<OpenedFile | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    properties: ['openFile'],
    filters: [filter, { name: 'All files', extensions: ['*'] }],
  });
  const path = filePaths[0];
  if (canceled || path === undefined) return null;
  const name = cleanText(basename(path));
  const bytes = await readWhole(path, maxBytes).catch((error: unknown) => {
    const { code, message } =
      error instanceof AppFailure
        ? error.error
        : { code: 'file-unreadable' as const, message: isMissing(error) ? 'It is gone.' : reasonOf(error) };
    throw failure(code, `${name}: ${message}`);
  });
  return { name, bytes };
}

/** Where to save an export, CSV, JSON or text by the end of its name; null when the person closed the dialog. */
export async function chooseExportPath(window: BrowserWindow, name: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export',
    defaultPath: join(app.getPath('documents'), name),
    filters: [filterOf(name)],
  });
  return canceled || filePath === '' ? null : filePath;
}

function filterOf(name: string): { readonly name: string; readonly extensions: string[] } {
  if (name.endsWith('.json')) return { name: 'JSON', extensions: ['json'] };
  if (name.endsWith('.jsonl')) return { name: 'Plan', extensions: ['jsonl'] };
  if (name.endsWith('.html')) return { name: 'Web page', extensions: ['html'] };
  if (name.endsWith('.pdf')) return { name: 'PDF', extensions: ['pdf'] };
  if (name.endsWith('.txt')) return { name: 'Text', extensions: ['txt'] };
  return { name: 'CSV', extensions: ['csv'] };
}
