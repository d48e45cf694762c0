// A window that shows the components, for e2e/gallery.spec.ts: the address is its last argument.
import { app, BrowserWindow } from 'electron';

app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 860 });
  return window.loadURL(process.env.GALLERY_ADDRESS ?? '');
});
