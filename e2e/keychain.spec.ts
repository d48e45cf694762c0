import { electronChoice } from '../scripts/electron-environment.mjs';
import type { KeychainState } from '../src/shared/app.ts';
import { expect, test } from './support/app.ts';
import { filesUnder } from './support/disk.ts';
import { lockedKeyring } from './support/desktop.ts';
import { choose, openConnections, showView, statusLine } from './support/window.ts';

type Reason = Extract<KeychainState, { kind: 'unavailable' }>['reason'];
type Environment = Readonly<Record<string, string | undefined>>;

interface Case {
  readonly name: string;
  readonly reason: Reason;
  readonly sentence: string;
  readonly needsStandIn?: boolean;
  readonly prepare: () => Promise<{ readonly env: Environment; readonly end: () => Promise<void> }>;
}

const withEnvironment = (env: Environment) => () => Promise.resolve({ env, end: () => Promise.resolve() });

const NO_BUS =
  'There is no desktop session in which a keychain could run, so secrets are kept in memory and forgotten when the app closes.';

const CASES: readonly Case[] = [
  {
    name: 'without a session bus',
    reason: 'no-bus',
    sentence: NO_BUS,
    // Without a display too, or libdbus starts a bus of its own there; so only where the window needs none.
    needsStandIn: true,
    prepare: withEnvironment({
      DBUS_SESSION_BUS_ADDRESS: undefined,
      XDG_RUNTIME_DIR: undefined,
      DISPLAY: undefined,
      WAYLAND_DISPLAY: undefined,
    }),
  },
  {
    name: 'with a session bus that is turned off',
    reason: 'no-bus',
    sentence: NO_BUS,
    prepare: withEnvironment({ DBUS_SESSION_BUS_ADDRESS: 'disabled:' }),
  },
  {
    name: 'with a locked keyring',
    reason: 'locked',
    sentence:
      'The keychain is locked. Unlock it to keep secrets; until then they are forgotten when the app closes.',
    prepare: lockedKeyring,
  },
];

test.describe('the keychain', () => {
  test.skip(process.platform !== 'linux', 'the session bus is Linux’ own');

  for (const { name, reason, sentence, needsStandIn, prepare } of CASES) {
    test(`${name}: says so, works for this session, and writes nothing secret`, async ({
      launch,
      simulator,
      profile,
    }) => {
      test.skip(needsStandIn === true && electronChoice() === 'electron', 'Electron needs a display');
      const { env, end } = await prepare();
      try {
        const { page } = await launch({ simulator, env });
        const snapshot = await page.evaluate(() => window.tokendesk.call['app.snapshot'](null));
        expect(snapshot.ok && snapshot.data.keychain).toMatchObject({ kind: 'unavailable', reason });
        await showView(page, 'Settings');
        await expect(page.getByRole('region', { name: 'Keychain' })).toContainText(sentence);

        const dialog = await openConnections(page);
        await choose(dialog, 'Access token');
        await expect(dialog.getByText(sentence)).toBeVisible();
        await expect(dialog.getByRole('radio', { name: 'Keep in the keychain' })).toBeDisabled();
        await expect(dialog.getByRole('radio', { name: 'This session only' })).toBeChecked();
        await dialog.getByRole('textbox', { name: 'Access token' }).fill(simulator.token);
        await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
        await expect(dialog).toBeHidden();
        await expect(statusLine(page)).toContainText('Signed in as Ines Albrecht');
        await expect(statusLine(page)).toContainText('Secret for this session only');
        await page.getByRole('button', { name: 'Verify' }).click();
        await expect(
          page.getByRole('region', { name: 'Checks' }).getByText('Valid', { exact: true }),
        ).toBeVisible();

        const files = await filesUnder(profile);
        expect([...files.keys()].some((path) => path.endsWith('connections.json'))).toBe(true);
        expect([...files].filter(([, text]) => text.includes(simulator.token))).toEqual([]);
      } finally {
        await end();
      }
    });
  }
});
