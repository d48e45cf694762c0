import { app } from 'electron';
import { endWithWords } from './app/last-resort.ts';
import { prepareProcess } from './app/process-setup.ts';

// The file that Electron starts with: what must be settled before it is ready. The app itself (index.ts) is read while
// Electron gets ready, which takes longer than the reading.

prepareProcess();
if (app.requestSingleInstanceLock())
  begin().catch(async (error: unknown) => {
    // Before that there is no box to say it in.
    await app.whenReady();
    endWithWords('Tokendesk could not start', error);
  });
else app.quit();

async function begin(): Promise<void> {
  const { prepare, start } = await import('./index.ts');
  const prepared = await prepare();
  await app.whenReady();
  await start(prepared);
}
