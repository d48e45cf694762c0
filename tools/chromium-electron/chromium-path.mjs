// @ts-check
import { existsSync } from 'node:fs';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Chromium's engine without Chrome's windows, menus and services around it, which Electron has not either. It can show no
 * window; where none is to be seen, a start and what follows take a fifth less processor time (docs/decisions/tests.md).
 */
const WITHOUT_WINDOWS = '/usr/bin/chromium-headless-shell';

/**
 * @param {{ headless?: boolean }} [options] headless: nobody shall see the windows
 * @returns {string | undefined} what to run: `CHROMIUM_PATH`, or where Linux distributions put it
 */
export const chromiumPath = ({ headless = false } = {}) =>
  [process.env['CHROMIUM_PATH'] ?? '', ...(headless ? [WITHOUT_WINDOWS] : []), ...BROWSERS].find(
    (file) => file !== '' && existsSync(file),
  );
