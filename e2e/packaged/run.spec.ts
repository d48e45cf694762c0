import { join } from 'node:path';
import { node24 } from '../../scripts/node24.mjs';
import { expect, test, type Simulator } from '../support/app.ts';
import { answerMessageBoxes } from '../support/dialogs.ts';
import { inKeychain } from '../support/keychain.ts';
import {
  chipCounts,
  expectTruth,
  exportReport,
  fillConfirmation,
  openRun,
  ordinaryUsers,
  pasteAndReview,
  revokeButton,
  revokedCount,
} from '../support/revocation.ts';
import { openConnections, statusLine } from '../support/window.ts';
import { packageLayout } from './package.ts';

const USERS = 50;

/** The packaged app, for which Frankfurt's hosts are the simulator; what a developer may change has no effect on it. */
const packaged = (simulator: Simulator) => ({
  executablePath: packageLayout().executable,
  env: {
    CHROMIUM_ELECTRON_DEBUGGING: '1',
    // The Node that Electron carries.
    CHROMIUM_ELECTRON_NODE: node24() ?? process.execPath,
    CHROMIUM_ELECTRON_NODE_ARGS: `--import ${join(import.meta.dirname, 'hosts.mjs')}`,
    TOKENDESK_TEST_HOSTS: JSON.stringify({
      'login.mypurecloud.de': simulator.login,
      'api.mypurecloud.de': simulator.api,
    }),
    TOKENDESK_API_BASE: 'http://127.0.0.1:9',
    TOKENDESK_LOGIN_BASE: 'http://127.0.0.1:9',
    TOKENDESK_DEMO: '{"users":1}',
    ELECTRON_RENDERER_URL: 'http://127.0.0.1:9',
  },
});

test('from its package: first start, a client kept in the keychain, 50 users, a restart, the report', async ({
  launch,
  simulator,
  profile,
}) => {
  const first = await launch({ ...packaged(simulator), keepIntroduction: true });
  await test.step('the first start shows the demo organisation', async () => {
    await first.page
      .getByRole('dialog', { name: 'Welcome to Tokendesk' })
      .getByRole('button', { name: 'Skip' })
      .click();
    await expect(statusLine(first.page)).toContainText('Signed in as Ines Albrecht');
    expect(
      await first.electron.evaluate(({ app }) => ({
        isPackaged: app.isPackaged,
        node: process.versions.node.split('.')[0],
      })),
    ).toEqual({ isPackaged: true, node: node24() ? '24' : process.versions.node.split('.')[0] });
    expect(await first.page.evaluate(() => window.tokendesk.call['app.snapshot'](null))).toMatchObject({
      ok: true,
      data: { keychain: { kind: 'ready' } },
    });
  });

  await answerMessageBoxes(first.electron, 1);
  const id = await test.step('client credentials sign in, and stay in the keychain', async () => {
    const dialog = await openConnections(first.page);
    await dialog.getByLabel('Region').selectOption('eu-central-1');
    await dialog.getByLabel('Client id').fill(simulator.clientId);
    await dialog.getByLabel('Client secret').fill(simulator.clientSecret);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(statusLine(first.page)).toContainText('Signed in as Token administration');
    await expect(statusLine(first.page)).toContainText('Secret in the keychain');
    const state = await first.page.evaluate(() => window.tokendesk.call['app.snapshot'](null));
    if (!state.ok || state.data.session.kind !== 'signed-in') throw new Error('not signed in');
    const { id } = state.data.session.connection;
    expect(await inKeychain(id, 'client-secret')).toBe(simulator.clientSecret);
    return id;
  });

  await test.step(`${USERS} users are revoked`, async () => {
    await pasteAndReview(first.page, ordinaryUsers(simulator, USERS).join('\n'));
    await fillConfirmation(first.page, 'From a package');
    await revokeButton(first.page).click();
    await expect(first.page.getByText(`${USERS} of ${USERS} users were revoked.`)).toBeVisible();
    expect(revokedCount(simulator)).toBe(USERS);
  });
  await first.quit();

  const second = await launch(packaged(simulator));
  await test.step('after a restart it signs in by itself and has the report', async () => {
    await expect(statusLine(second.page)).toContainText('Signed in as Token administration');
    expect(await inKeychain(id, 'client-secret')).toBe(simulator.clientSecret);
    await openRun(second.page, 'From a package');
    await expect.poll(() => chipCounts(second.page, 'Show by outcome')).toEqual({ Revoked: USERS });
    const rows = await exportReport(second, profile);
    expect(rows).toHaveLength(USERS);
    expectTruth(rows, simulator);
  });
  await second.quit();
});
