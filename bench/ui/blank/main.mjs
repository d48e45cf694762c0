// The least that a window can be: what the start of the app is compared with.
import { app, BrowserWindow } from 'electron';

app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 860 });
  return window.loadURL('data:text/html,<main>Blank</main>');
});
