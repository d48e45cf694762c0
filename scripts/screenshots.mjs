// `npm run screenshots`: every view at four widths, light and dark, into e2e/screenshots, for a person to look at.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npx', ['playwright', 'test', 'e2e/screenshots.spec.ts'], {
  env: { ...process.env, TOKENDESK_SCREENSHOTS: 'all' },
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
