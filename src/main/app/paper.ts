import { BrowserWindow } from 'electron';

/**
 * A page as a PDF on A4: loaded into a window of its own that nobody sees, that runs no script, has no preload and so no
 * way to main, and is gone when it is printed. @param html whole in itself, with a policy that loads nothing.
 */
export async function printToPdf(html: string): Promise<Uint8Array> {
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
  try {
    await paper.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`);
    return await paper.webContents.printToPDF({ pageSize: 'A4', printBackground: true });
  } finally {
    paper.destroy();
  }
}
