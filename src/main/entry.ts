import { app } from 'electron';
import { endWithWords } from './app/last-resort.ts';
import { prepareProcess } from './app/process-setup.ts';

// The file that Electron starts with: what must be settled before it is ready. The app itself (index.ts) is read while
// Electron gets ready, which takes longer than the reading.

prepareProcess();
if (app.requestSingleInstanceLock())
  Promise.all([import('./index.ts'), app.whenReady()])
    .then(([{ start }]) => start())
    .catch((error: unknown) => endWithWords('Tokendesk could not start', error));
else app.quit();
