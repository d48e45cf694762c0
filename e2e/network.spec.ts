import keytar from 'keytar';
import type { Page } from '@playwright/test';
import { expect, test, type RunningApp, type Simulator } from './support/app.ts';
import { DECLINE, AGREE, answerMessageBoxes, questionsAsked } from './support/dialogs.ts';
import { startProxy, type Proxy } from './support/proxy.ts';
import {
  callsPerUser,
  expectTruth,
  exportReport,
  fillConfirmation,
  ordinaryUsers,
  pasteAndReview,
  revokeButton,
  revokedCount,
} from './support/revocation.ts';
import { startUntrustedServer } from './support/untrusted.ts';
import { openConnections, signInWithClient, statusLine } from './support/window.ts';

// What stands between this computer and Genesys Cloud: each has its own words, and uses up nobody's attempt.

const USERS = 60;
/** The run looks again after 5, 10, 20 s. */
const LOOKS_AGAIN_MS = 90_000;

test.use({ simulatorOptions: { limit: 600 } });

async function startRun({ page }: RunningApp, simulator: Simulator): Promise<void> {
  await pasteAndReview(page, ordinaryUsers(simulator, USERS).join('\n'));
  await fillConfirmation(page, 'Guest network');
  await revokeButton(page).click();
  await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(5);
}

/** The run ended by itself, everybody is revoked, and the report is true. */
async function expectEverybody(app: RunningApp, simulator: Simulator, profile: string) {
  await expect(app.page.getByText(`${USERS} of ${USERS} users were revoked.`)).toBeVisible({
    timeout: LOOKS_AGAIN_MS,
  });
  const rows = await exportReport(app, profile);
  expectTruth(rows, simulator);
  return rows;
}

/** And no call was made twice. */
async function expectNobodyPaid(app: RunningApp, simulator: Simulator, profile: string): Promise<void> {
  const rows = await expectEverybody(app, simulator, profile);
  expect(new Set(rows.map(({ attempts }) => attempts))).toEqual(new Set(['1']));
  expect(new Set(callsPerUser(simulator).values())).toEqual(new Set([1]));
}

/** For people, who look at what a test cannot judge. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `test-results/network/${name}-${colorScheme}.png` });
  }
}

test.describe('a certificate that is not trusted', () => {
  test('is said when somebody signs in, and nothing is sent', async ({ launch, simulator }) => {
    const untrusted = await startUntrustedServer();
    const { page } = await launch({ simulator: { api: untrusted.address, login: untrusted.address } });
    const dialog = await openConnections(page);
    await dialog.getByLabel('Region').selectOption('eu-central-1');
    await dialog.getByLabel('Client id').fill(simulator.clientId);
    await dialog.getByLabel('Client secret').fill(simulator.clientSecret);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog.getByText('The certificate is not trusted')).toBeVisible();
    await expect(dialog.getByText('Nothing was sent to it.')).toBeVisible();
    expect(untrusted.requests).toEqual([]);
    untrusted.close();
  });

  test('pauses a run under its own name, which goes on by itself', async ({ launch, simulator, profile }) => {
    const untrusted = await startUntrustedServer();
    const app = await launch({ simulator });
    await signInWithClient(app.page, simulator, { label: 'Night watch', remember: false });
    await startRun(app, simulator);

    await app.electron.evaluate(
      ({ net }, [real, other]) => {
        const fetch = net.fetch.bind(net);
        const elsewhere: typeof fetch = (input, init) =>
          fetch((input as string).replace(real ?? '', other ?? ''), init);
        Object.assign(globalThis, { trustAgain: () => (net.fetch = fetch) });
        net.fetch = elsewhere;
      },
      [simulator.api, untrusted.address],
    );
    await expect(app.page.getByText('The certificate is not trusted').first()).toBeVisible();
    const sofar = revokedCount(simulator);
    expect(sofar).toBeLessThan(USERS);
    await look(app.page, 'not-trusted');
    expect(untrusted.requests).toEqual([]);
    expect(revokedCount(simulator)).toBe(sofar);

    await app.electron.evaluate(() => (globalThis as unknown as { trustAgain: () => unknown }).trustAgain());
    await expectNobodyPaid(app, simulator, profile);
    untrusted.close();
  });
});

test.describe('in the middle of a run', () => {
  for (const { what, says, words } of [
    { what: 'the network changes', says: 'net::ERR_NETWORK_CHANGED', words: 'Offline' },
    { what: 'a sign-in page answers', says: 'page', words: 'Something else answers' },
  ])
    test(`${what}: it is said, and the run goes on by itself to a true report`, async ({
      launch,
      simulator,
      profile,
    }) => {
      const app = await launch({ simulator });
      await signInWithClient(app.page, simulator, { label: 'Night watch', remember: false });
      await startRun(app, simulator);
      await app.electron.evaluate(({ net }, instead) => {
        const fetch = net.fetch.bind(net);
        const inTheWay: typeof fetch = async (input, init) => {
          if (instead === 'page')
            return new Response('<h1>Welcome to our Wi-Fi</h1>', {
              headers: { 'content-type': 'text/html' },
            });
          await fetch(input, init); // it was carried out, and nobody learns of it
          throw new Error(instead);
        };
        Object.assign(globalThis, { comeBack: () => (net.fetch = fetch) });
        net.fetch = inTheWay;
      }, says);
      await expect(app.page.getByText(words, { exact: true }).first()).toBeVisible();
      await look(app.page, what.replaceAll(' ', '-'));
      await app.electron.evaluate(() => (globalThis as unknown as { comeBack: () => unknown }).comeBack());
      await expectEverybody(app, simulator, profile);
    });
});

test.describe('a proxy that wants a password', () => {
  const behind = (proxy: Proxy, simulator: Simulator) => ({
    simulator,
    // Loopback too goes through it: here everything is on this computer.
    switches: [`--proxy-server=127.0.0.1:${proxy.port}`, '--proxy-bypass-list=<-loopback>'],
  });

  /** Fills the notice's form and sends it. */
  async function give(page: Page, user: string, password: string): Promise<void> {
    await page.getByLabel('User name for the proxy').fill(user);
    await page.getByLabel('Password for the proxy').fill(password);
    await page.getByRole('button', { name: 'Send to the proxy…' }).click();
  }

  test('is asked about in the window, by main’s own question; a run waits for it', async ({
    launch,
    simulator,
    profile,
  }) => {
    const proxy = await startProxy('ines', 'first');
    const name = `127.0.0.1:${proxy.port}`;
    const app = await launch(behind(proxy, simulator));
    const { page, electron } = app;
    const notice = page.getByText(`The proxy ${name} wants a password`);

    await test.step('the first call that it turns away shows the notice', async () => {
      await expect(notice).toBeVisible();
      await look(page, 'proxy');
      expect(proxy.counts.passed).toBe(0);
    });

    await test.step('it goes nowhere while main’s question is declined', async () => {
      await answerMessageBoxes(electron, DECLINE);
      await give(page, 'ines', 'first');
      await expect.poll(() => questionsAsked(electron)).toHaveLength(1);
      expect((await questionsAsked(electron))[0]).toMatchObject({
        message: `Send your user name and password to the proxy ${name}?`,
        detail: expect.stringContaining('This proxy takes them unencrypted'),
        buttons: ['Cancel', 'Send to 127.0.0.1'],
        defaultId: 0,
      });
      expect(proxy.counts.passed).toBe(0);
    });

    await answerMessageBoxes(electron, AGREE);
    await test.step('a wrong one is said', async () => {
      await give(page, 'ines', 'wrong');
      await expect(
        page.getByRole('alert').getByText('The proxy wants a user name and password'),
      ).toBeVisible();
      await expect(notice).toBeVisible();
    });

    await test.step('the right one opens it, and is kept in the keychain for it alone', async () => {
      await give(page, 'ines', 'first');
      await expect(notice).toBeHidden();
      const kept = await keytar.getPassword('Tokendesk', `proxy:${name}/proxy-password`);
      expect(kept).toContain('first');
    });

    await test.step('a run waits when it wants another, and goes on by itself', async () => {
      await signInWithClient(page, simulator, { label: 'Night watch', remember: true });
      await startRun(app, simulator);
      proxy.setPassword('ines', 'second');
      await expect(notice).toBeVisible();
      await expect(page.getByText('The proxy wants a password', { exact: true }).first()).toBeVisible();
      await look(page, 'proxy-run');
      await give(page, 'ines', 'second');
      await expect(notice).toBeHidden();
      await expectNobodyPaid(app, simulator, profile);
    });
    await app.quit();

    await test.step('the next start has it from the keychain and asks nobody', async () => {
      const next = await launch(behind(proxy, simulator));
      await expect(statusLine(next.page)).toContainText('Signed in as Token administration');
      await expect(next.page.getByText(`The proxy ${name} wants a password`)).toBeHidden();
      await next.quit();
    });
    await keytar.deletePassword('Tokendesk', `proxy:${name}/proxy-password`);
    proxy.close();
  });
});
