import { _electron as electron } from '@playwright/test';
import { createServer } from 'vite';
import { IN_SANDBOX } from '../scripts/electron-environment.mjs';
import { expect, test } from './support/app.ts';
import { axeViolations } from './support/axe.ts';

test('every component in every state, light and dark', async ({ profile }) => {
  const server = await createServer({ configFile: 'gallery/vite.config.ts', server: { port: 0 } });
  await server.listen();
  const address = server.resolvedUrls?.local[0] ?? '';
  const gallery = await electron.launch({
    ...IN_SANDBOX,
    args: ['gallery/window.mjs', `--user-data-dir=${profile}`],
    env: { ...process.env, GALLERY_ADDRESS: address },
  });
  try {
    const page = await gallery.firstWindow();
    // Its own page first: a second navigation would end the one that the window is still making.
    await page.waitForURL(`${address}**`);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const theme of ['light', 'dark']) {
      await page.goto(`${address}?theme=${theme}`);
      await expect(page.getByRole('heading', { name: 'Components' })).toBeVisible();
      await page.screenshot({ path: `e2e/screenshots/components-${theme}.jpg`, quality: 90, fullPage: true });
      expect(await axeViolations(page), theme).toEqual([]);
    }
  } finally {
    await gallery.close();
    await server.close();
  }
});
