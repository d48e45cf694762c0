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
  waitingForAnswers,
  type ReportRow,
} from './support/revocation.ts';
import { startUntrustedServer } from './support/untrusted.ts';
import { openConnections, signInWithClient, statusLine } from './support/window.ts';

// What stands between this computer and Genesys Cloud: each has its own words, and uses up nobody's attempt.

/** Of each run. */
const USERS = 40;
/** The run looks again after 5, 10, 20 s. */
const LOOKS_AGAIN_MS = 90_000;

test.use({ simulatorOptions: { limit: 600 } });

/** Begins a run of users of its own; it is under way when this is over. @returns their ids. */
async function startRun(page: Page, simulator: Simulator, nth = 0): Promise<readonly string[]> {
  const ids = ordinaryUsers(simulator, USERS * (nth + 1)).slice(USERS * nth);
  const before = revokedCount(simulator);
  await pasteAndReview(page, ids.join('\n'));
  await fillConfirmation(page, 'Guest network');
  await revokeButton(page).click();
  await expect.poll(() => revokedCount(simulator) - before).toBeGreaterThan(5);
  return ids;
}

/** The run ends by itself, and everybody is revoked. @returns its report. */
async function expectEverybody(app: RunningApp, profile: string): Promise<readonly ReportRow[]> {
  await expect(app.page.getByText(`${USERS} of ${USERS} users were revoked.`)).toBeVisible({
    timeout: LOOKS_AGAIN_MS,
  });
  return exportReport(app, profile);
}

/** No call was made twice. */
function expectNobodyPaid(rows: readonly ReportRow[], simulator: Simulator, ids: readonly string[]): void {
  expect(new Set(rows.map(({ attempts }) => attempts))).toEqual(new Set(['1']));
  const calls = callsPerUser(simulator);
  expect(new Set(ids.map((id) => calls.get(id)))).toEqual(new Set([1]));
}

/** For people, who look at what a test cannot judge. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `test-results/network/${name}-${colorScheme}.png` });
  }
}

/** What main asks of the simulated hosts goes to another server, until `asBefore`. */
const askElsewhere = ({ electron }: RunningApp, { api, login }: Simulator, address: string): Promise<void> =>
  electron.evaluate(
    ({ net }, [hosts, other]) => {
      const fetch = net.fetch.bind(net);
      const elsewhere: typeof fetch = (input, init) =>
        fetch(
          hosts.reduce((url, host) => url.replace(host, other), input as string),
          init,
        );
      Object.assign(globalThis, { asBefore: () => (net.fetch = fetch) });
      net.fetch = elsewhere;
    },
    [[api, login], address] as const,
  );

/** Every call is answered by a page of somebody else, or is carried out and nobody learns of it, until `asBefore`. */
const answerInstead = ({ electron }: RunningApp, instead: string): Promise<void> =>
  electron.evaluate(({ net }, says) => {
    const fetch = net.fetch.bind(net);
    const inTheWay: typeof fetch = async (input, init) => {
      if (says === 'page')
        return new Response('<h1>Welcome to our Wi-Fi</h1>', { headers: { 'content-type': 'text/html' } });
      await fetch(input, init);
      throw new Error(says);
    };
    Object.assign(globalThis, { asBefore: () => (net.fetch = fetch) });
    net.fetch = inTheWay;
  }, instead);

const asBefore = ({ electron }: RunningApp): Promise<void> =>
  electron.evaluate(() => (globalThis as unknown as { asBefore: () => void }).asBefore());

test('what stands in the way is named when one signs in and in the middle of a run, which goes on by itself', async ({
  launch,
  simulator,
  profile,
}) => {
  const untrusted = await startUntrustedServer();
  const app = await launch({ simulator });
  const { page } = app;
  const report: ReportRow[] = [];

  await askElsewhere(app, simulator, untrusted.address);
  await test.step('a certificate that is not trusted is said when somebody signs in, and nothing is sent', async () => {
    const dialog = await openConnections(page);
    await dialog.getByLabel('Region').selectOption('eu-central-1');
    await dialog.getByLabel('Client id').fill(simulator.clientId);
    await dialog.getByLabel('Client secret').fill(simulator.clientSecret);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog.getByText('The certificate is not trusted')).toBeVisible();
    await expect(dialog.getByText('Nothing was sent to it.')).toBeVisible();
    expect(untrusted.requests).toEqual([]);
    await page.keyboard.press('Escape');
  });
  await asBefore(app);
  await signInWithClient(page, simulator, { label: 'Night watch', remember: false });

  await test.step('a certificate that is not trusted pauses a run under its own name', async () => {
    const ids = await startRun(page, simulator);
    await askElsewhere(app, simulator, untrusted.address);
    await expect(page.getByText('The certificate is not trusted').first()).toBeVisible();
    // Calls that were under way to the genuine host have answers yet to come.
    await expect(waitingForAnswers(page)).toHaveText('0');
    const sofar = revokedCount(simulator);
    expect(sofar).toBeLessThan(USERS);
    await look(page, 'not-trusted');
    expect(untrusted.requests).toEqual([]);
    expect(revokedCount(simulator)).toBe(sofar);
    await asBefore(app);
    report.push(...(await expectEverybody(app, profile)));
    expectTruth(report, simulator);
    expectNobodyPaid(report, simulator, ids);
  });
  untrusted.close();

  for (const [nth, { what, says, words }] of [
    { what: 'a sign-in page answers', says: 'page', words: 'Something else answers' },
    { what: 'the network changes', says: 'net::ERR_NETWORK_CHANGED', words: 'Offline' },
  ].entries())
    await test.step(`${what}: it is said, and the run goes on by itself to a true report`, async () => {
      await startRun(page, simulator, nth + 1);
      await answerInstead(app, says);
      await expect(page.getByText(words, { exact: true }).first()).toBeVisible();
      await look(page, what.replaceAll(' ', '-'));
      await asBefore(app);
      report.push(...(await expectEverybody(app, profile)));
      // With the runs before: the server has nobody revoked whom none of the reports has.
      expectTruth(report, simulator);
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
      // The way is open a moment before it is kept.
      await expect
        .poll(async () => (await keytar.getPassword('Tokendesk', `proxy:${name}/proxy-password`)) ?? '')
        .toContain('first');
    });

    await test.step('a run waits when it wants another, and goes on by itself', async () => {
      await signInWithClient(page, simulator, { label: 'Night watch', remember: true });
      const ids = await startRun(page, simulator);
      proxy.setPassword('ines', 'second');
      await expect(notice).toBeVisible();
      await expect(page.getByText('The proxy wants a password', { exact: true }).first()).toBeVisible();
      await look(page, 'proxy-run');
      await give(page, 'ines', 'second');
      await expect(notice).toBeHidden();
      const rows = await expectEverybody(app, profile);
      expectTruth(rows, simulator);
      expectNobodyPaid(rows, simulator, ids);
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
