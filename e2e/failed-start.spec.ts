import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { IN_SANDBOX } from '../scripts/electron-environment.mjs';
import { expect, test } from './support/app.ts';
import { statusLine } from './support/window.ts';

/** The executable: outside of Electron the module's only export. */
const PROGRAM = createRequire(import.meta.url)('electron') as string;

test('a start that fails says so in a box of the system, ends, and leaves no lock', async ({
  launch,
  profile,
}) => {
  const box = join(profile, 'box.jsonl');
  const failing = spawn(
    PROGRAM,
    [
      ...(IN_SANDBOX.chromiumSandbox ? [] : ['--no-sandbox']),
      '-r',
      join(import.meta.dirname, 'support', 'error-box.cjs'),
      '.',
      `--user-data-dir=${profile}`,
    ],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        TOKENDESK_TEST_ERROR_BOX: box,
        // What main refuses while it starts.
        TOKENDESK_API_BASE: 'https://example.com',
        TOKENDESK_LOGIN_BASE: 'https://example.com',
      },
    },
  );
  const [code] = (await once(failing, 'exit')) as [number | null];
  expect(code).toBe(1);
  const said = (await readFile(box, 'utf8')).trim().split('\n');
  expect(said).toHaveLength(1);
  expect(JSON.parse(said[0] ?? '')).toEqual({
    title: 'Tokendesk could not start',
    content: expect.stringMatching(
      /^TOKENDESK_API_BASE may only name this computer\n\nA revocation that was going on can be resumed/,
    ),
  });

  const { page } = await launch();
  await expect(statusLine(page)).toContainText('Signed in as');
});
