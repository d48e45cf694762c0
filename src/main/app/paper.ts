import { BrowserWindow } from 'electron';
import type { Clock } from '../clock.ts';

/** A page takes about a second. A renderer that hangs would keep the export, and the end of the app, waiting; ms. */
const LIMIT_MS = 30_000;

/**
 * A page as a PDF on A4: loaded into a window of its own that nobody sees, that runs no script, has no preload and so no
 * way to main, and is gone when it is printed.
 * @param html whole in itself, with a policy that loads nothing; under 1.5 MB, since Chromium refuses an address of more
 *   than 2,097,152 characters (https://github.com/electron/electron/issues/8317). The summary lists 40 users at most.
 * @throws when it cannot be loaded or printed, or not within 30 s
 */
export async function printToPdf(html: string, clock: Pick<Clock, 'sleep'>): Promise<Uint8Array> {
  const paper = new BrowserWindow({
    show: false,
    webPreferences: {
      javascript: false,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    },
  });
  const print = async (): Promise<Uint8Array> => {
    await paper.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`);
    return paper.webContents.printToPDF({ pageSize: 'A4', printBackground: true });
  };
  const over = new AbortController();
  const overdue = async (): Promise<never> => {
    await clock.sleep(LIMIT_MS, over.signal);
    throw new Error('The page was not printed in time');
  };
  try {
    return await Promise.race([print(), overdue()]);
  } finally {
    over.abort();
    paper.destroy();
  }
}
