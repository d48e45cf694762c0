import { expect, expectWithin, type AppWindow } from './window.ts';
import type { Narrator } from './narrator.ts';
import type { Server } from './server.ts';

/** Longest that looking up or revoking everybody on the list may take, ms. */
const RUN_LIMIT_MS = 60_000;
const NO_BREAK = '\u00A0';

export interface Tour {
  readonly app: AppWindow;
  readonly server: Server;
  readonly narrator: Narrator;
}

const show = (app: AppWindow, view: string): Promise<void> =>
  app.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click();

/** Until the table of outcomes has its rows: a picture taken before shows an empty one. */
const outcomesLoaded = ({ page }: AppWindow): Promise<void> =>
  page.locator('[role=grid][aria-label="Outcomes"][aria-busy=false]').waitFor();

/** The introduction, and the mark that says which organisation this is. */
export async function firstStart({ app: { page }, narrator }: Tour): Promise<void> {
  const introduction = page.getByRole('dialog', { name: 'Welcome to Tokendesk' });
  await introduction.waitFor();
  await narrator.show('The first start opens with an introduction of three pages.', 'introduction');
  await introduction.getByRole('button', { name: 'Next' }).click();
  await introduction.getByRole('button', { name: 'Next' }).click();
  await introduction.getByText('You are in a demo organization').waitFor();
  await narrator.show('The last page says where you are: in a demo organization.', 'introduction-demo');
  await introduction.getByRole('button', { name: 'Explore the demo' }).click();
  await introduction.waitFor({ state: 'hidden' });

  const connection = page.getByRole('button', { name: /^Connection:/ });
  await expect(connection).toContainText('Fernhollow Assist');
  await expect(connection).toContainText('Demo');
  narrator.say('The connection, top left, carries the mark “Demo”.');
}

/** What the token is, and whether it still works. */
export async function token({ app, narrator }: Tour): Promise<void> {
  const { page } = app;
  await show(app, 'Token');
  const who = page.getByRole('region', { name: 'Who', exact: true });
  const name = await who.locator('dd').first().innerText();
  await narrator.show(`The token of ${name}: what it may do, and when it ends.`, 'token');
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  const check = page.getByRole('table', { name: 'Checks of the token' }).getByRole('row').nth(1);
  await expect(check).toContainText('Valid');
  await expect(check).toContainText('200');
  await narrator.show('Verify asks the server (HEAD /api/v2/tokens/me): 200, valid.', 'verified');
}

/** The list is opened, looked up and reviewed. */
export async function chooseAndReview({ app, narrator }: Tour, list: string): Promise<void> {
  const { page } = app;
  await show(app, 'Revoke');
  await app.chooseFile(list);
  await page.getByRole('button', { name: 'Open a list…' }).click();
  const lookUp = page.getByRole('button', { name: /^Look up/ });
  await lookUp.waitFor();
  await narrator.show('examples/leavers.csv is opened; its column of addresses is found.', 'list');
  await lookUp.click();
  const next = page.getByRole('button', { name: 'Continue to confirm' });
  await expectWithin(RUN_LIMIT_MS)(next).toBeEnabled();
  const sentence = await page
    .getByText(/will be revoked\./)
    .first()
    .innerText();
  await narrator.show(`Review: ${sentence}`, 'review');

  const chips = page.getByRole('group', { name: 'Show by decision' }).getByRole('button');
  const reasons = (await chips.allInnerTexts()).slice(1).map((text) => text.trim().replace(/\s+/g, NO_BREAK));
  narrator.say(`Kept back: ${reasons.join(', ')}.`);
  const notFound = chips.filter({ hasText: 'Not found' });
  await notFound.click();
  await narrator.show('One press on “Not found” shows only those.', 'review-not-found');
  await notFound.click();
  await next.click();
}

/** Everything but the revocation, with a reason and a ticket. @throws Error when the server revoked anybody. */
export async function dryRun({ app, narrator, server }: Tour): Promise<void> {
  const { page } = app;
  await page.getByLabel('Reason').fill('Leavers of November');
  await page.getByLabel('Ticket').fill('INC-20481');
  await page.getByRole('button', { name: 'Dry run' }).click();
  const goOn = page.getByRole('button', { name: 'Go on to revoke' });
  await expectWithin(RUN_LIMIT_MS)(goOn).toBeVisible();
  const touched = Object.keys((await server.ledger()).revocations).length;
  if (touched > 0) throw new Error(`The dry run revoked ${touched} users at the server.`);
  await outcomesLoaded(app);
  await narrator.show('A dry run first. The server has seen no revocation.', 'dry-run');
  await goOn.click();
}

/** Typed confirmation, the system's own question, and the run to its end. */
export async function confirmAndRun({ app, narrator }: Tour): Promise<void> {
  const { page } = app;
  const label = await page.locator('label', { hasText: /^Type “/ }).innerText();
  const words = /“(.+)”/.exec(label)?.[1] ?? '';
  await page.getByLabel(label).fill(words);
  await narrator.show(`Reason, ticket, and typed: “${words}”.`, 'confirm');
  const asked = await app.answerWith(1);
  await page.getByRole('button', { name: /^Revoke the tokens of [\d,.]+ users$/ }).click();

  // The line at the window's foot has the same bar.
  const bar = page.getByRole('main').getByRole('progressbar', { name: 'Progress of the run' });
  await bar.waitFor();
  const [question = 'nothing'] = await asked();
  narrator.say(`The system asks once more: “${question}” The tour answers yes.`);
  const users = Number(await bar.getAttribute('aria-valuemax'));
  await expectWithin(RUN_LIMIT_MS)
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { intervals: [100] })
    .toBeGreaterThan(users / 2);
  await narrator.show('Half way: progress, pace against the limit, time left.', 'run');
}

/** One outcome for each row, exported as CSV. @returns file name of the picture of the report. */
export async function report({ app, narrator }: Tour, csv: string): Promise<string> {
  const { page } = app;
  const exporting = page.getByRole('button', { name: 'Export', exact: true });
  await expectWithin(RUN_LIMIT_MS)(exporting).toBeVisible();
  const outcomes = page.getByRole('group', { name: 'Show by outcome' });
  await outcomes.getByRole('button', { name: /^Revoked/ }).waitFor();
  const sentence = await page
    .getByText(/ (was|were) revoked\./)
    .first()
    .innerText();
  await outcomesLoaded(app);
  const picture = await narrator.show(`Report: ${sentence}`, 'report');
  await outcomes.getByRole('button', { name: /^Kept back/ }).click();
  await app.saveFileAs(csv);
  await exporting.click();
  await page.getByRole('menuitem', { name: /^CSV/ }).click();
  await page.getByText('Exported', { exact: true }).waitFor();
  await narrator.show('The rows kept back, and the whole report exported as CSV.', 'report-exported');
  await show(app, 'Runs');
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
  await page.getByRole('grid').getByRole('row').nth(2).waitFor(); // two, below their heading
  await narrator.show('Runs keeps both: the dry run and the real one.', 'runs');
  return picture;
}

/** Changed, saved, and read back by the app itself. */
export async function idleTimeout({ app, narrator }: Tour, typed: string): Promise<void> {
  const { page } = app;
  await show(app, 'Idle timeout');
  const now = page.getByRole('region', { name: 'Now' });
  const before = await now.locator('.figure').innerText();
  await page
    .getByRole('region', { name: 'For everybody' })
    .getByRole('textbox', { name: 'After', exact: true })
    .fill(typed);
  await page.getByRole('region', { name: 'What saving changes' }).scrollIntoViewIfNeeded();
  await narrator.show(
    `It was ${before}. Before saving: what changes, and what that means.`,
    'timeout-confirm',
  );
  const asked = await app.answerWith(1);
  await page.getByRole('button', { name: /^(Turn|Set) .*idle timeout.*…$/ }).click();
  await page.getByText('Saved and read back').scrollIntoViewIfNeeded();
  const [question = 'nothing'] = await asked();
  narrator.say(`The system asks first: “${question}” The tour answers yes.`);
  const after = await now.locator('.figure').innerText();
  await narrator.show(`Saved, and read back from the server: ${after}.`, 'timeout-saved');
}
