// @ts-check
// `npm run icons`: every size and format of the icon, from packaging/icon.svg. Run it after changing the drawing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumPath } from '../tools/chromium-electron/chromium-path.mjs';
import { icnsOf, icoOf } from './icon-files.mjs';

const FOLDER = join(import.meta.dirname, '..', 'packaging');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const executablePath = chromiumPath();
const browser = await chromium.launch({ ...(executablePath && { executablePath }) });
const page = await browser.newPage();
const svg = readFileSync(join(FOLDER, 'icon.svg'), 'utf8');
/** @type {Map<number, Buffer>} */
const pictures = new Map();
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>* { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`,
  );
  const picture = await page.screenshot({ omitBackground: true });
  pictures.set(size, picture);
  writeFileSync(join(FOLDER, 'icons', `${size}x${size}.png`), picture);
}
await browser.close();
writeFileSync(join(FOLDER, 'icon.ico'), icoOf(pictures));
writeFileSync(join(FOLDER, 'icon.icns'), icnsOf(pictures));
