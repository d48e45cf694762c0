// `npm run screenshots`: every view at three widths, light and dark, into e2e/screenshots, for a person to look at.
import { spawnSync } from 'node:child_process';
import { desktopCommand } from './desktop.mjs';

const [file = '', ...args] = desktopCommand(['npx', 'playwright', 'test', 'e2e/screenshots.spec.ts']);
const { status } = spawnSync(file, args, { stdio: 'inherit', shell: process.platform === 'win32' });
process.exitCode = status ?? 1;
