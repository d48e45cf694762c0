import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type Simulator } from './support/app.ts';
import { axeViolations, WCAG } from './support/axe.ts';
import { demoAddresses, demoPerson } from './support/demo.ts';
import { chooseSavePath, questionsAsked } from './support/dialogs.ts';
import { expectFocus, tabTo } from './support/focus.ts';
import { countInteractions } from './support/interactions.ts';
import {
  chipCounts,
  chooseAnew,
  lookUp,
  markedOption,
  oneBox,
  openWay,
  ordinaryUsers,
  pasteText,
  revokeButton,
  typeUntilMarked,
  useList,
} from './support/revocation.ts';
import { showView } from './support/window.ts';
import { workbookOf } from './support/workbook.ts';

const SEARCH = 'POST /api/v2/users/search';
const searches = (simulator: Simulator): number =>
  simulator.ledger().requests.filter(({ route }) => route === SEARCH).length;
const card = (page: Page, name: string) => page.getByRole('heading', { level: 3, name, exact: true });
const planGrid = (page: Page) => page.getByRole('grid', { name: 'Rows of the plan' });

async function expectAccessible(page: Page, where: string): Promise<void> {
  const violations = await axeViolations(page, WCAG);
  expect(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('one box takes names, groups, roles, divisions and lists, and the review decides', async ({
  signedIn,
  simulator,
  profile,
}) => {
  const { page, electron } = signedIn;
  const { keyboard } = page;
  const person = simulator.org.user(60);

  await keyboard.press('Control+2');
  await expectFocus(oneBox(page));

  await test.step('a person by words in any order: one call for a name, and what tells namesakes apart', async () => {
    const before = searches(simulator);
    // In one go: on a busy machine keys come with pauses, and each pause has its own call (directory-search.test.ts).
    await keyboard.insertText(person.name.split(' ').toReversed().join(' '));
    await expect(markedOption(page)).toContainText(person.email);
    await expect(markedOption(page)).toContainText(person.department);
    await expect(markedOption(page)).toContainText(/token/);
    expect(searches(simulator) - before).toBe(1);
    await expectAccessible(page, 'typed');
    await keyboard.press('Enter');
    await expect(card(page, person.name)).toBeVisible();
    await expectFocus(oneBox(page));
    await expect(oneBox(page)).toHaveValue('');
  });

  await test.step('Enter adds exactly what is marked, and nothing while nothing is', async () => {
    await keyboard.type('customer care');
    await keyboard.press('Enter');
    await expect(markedOption(page)).toBeVisible();
    await expect(page.locator('.chosen section')).toHaveCount(1);
    for (;;) {
      const name = (await markedOption(page).textContent()) ?? '';
      if (name.includes('Customer Care Europe') && !name.includes('@')) break;
      await keyboard.press('ArrowDown');
    }
    await keyboard.press('Enter');
    await expect(card(page, 'Customer Care Europe')).toBeVisible();
    await typeUntilMarked(page, 'engage sup', /Supervisor/);
    const role = ((await markedOption(page).locator('.name').textContent()) ?? '').trim();
    await keyboard.press('Shift+Enter');
    await expect(
      page.getByRole('status').getByText(`${person.name} and Customer Care Europe except ${role}`),
    ).toBeVisible();
  });

  await test.step('several addresses become a list; Escape gives up, Enter on nothing goes on', async () => {
    const [a = '', b = ''] = ordinaryUsers(simulator, 2);
    await keyboard.type(`${a}, ${b}`);
    await expect(markedOption(page)).toContainText('Use these 2 entries as a list');
    await keyboard.press('Escape');
    await keyboard.press('Escape');
    await expect(oneBox(page)).toHaveValue('');
    await pasteText(page, `${a}\n${b}`);
    await expect(card(page, 'Pasted list')).toBeVisible();
    await keyboard.press('Enter');
    await expect(planGrid(page)).toBeVisible();
    await expectFocus(page.getByRole('heading', { level: 2, name: 'Review' }));
  });

  await test.step('the last token is a rule with a time of day', async () => {
    await chooseAnew(page);
    await openWay(page, 'Last token');
    await page.getByLabel('Day', { exact: true }).fill('2026-11-01');
    await page.getByLabel(/^Time/).fill('14:30');
    await page.getByRole('button', { name: 'Include these users' }).click();
    await expect(card(page, 'Everyone: last token since 2026-11-01 14:30')).toBeVisible();
  });

  await test.step('the palette leads from a pasted address to the review of that person', async () => {
    const person = simulator.org.user(61);
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.insertText(person.email);
    await expect(page.getByRole('option', { name: `Revoke the tokens of ${person.name}…` })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText('The tokens of 1 user will be revoked.').first()).toBeVisible();
    await expect(page.getByText(person.name, { exact: true }).first()).toBeVisible();
    expect(Object.keys(simulator.ledger().revocations)).toEqual([]);
  });

  await test.step('the review decides by keyboard alone, with somebody chosen for an ambiguous row', async () => {
    const twins = [simulator.org.user(17), simulator.org.user(18)];
    await chooseAnew(page);
    await keyboard.press('Control+1');
    await keyboard.press('Control+2');
    await expectFocus(oneBox(page));
    await pasteText(page, [...ordinaryUsers(simulator, 3), twins[0]?.email ?? ''].join('\n'));
    await expect(card(page, 'Pasted list')).toBeVisible();
    await keyboard.press('Enter');
    const grid = planGrid(page);
    await expect(grid).toHaveAttribute('aria-busy', 'false');
    await tabTo(page.getByRole('button', { name: 'Say whom they mean' }));
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: `Whom does “${twins[0]?.email}” mean?` })).toBeVisible();
    const second = page.getByRole('button', { name: new RegExp(`^${twins[1]?.name}, .*token`) }).last();
    await expect(second).toBeVisible();
    await expectAccessible(page, 'candidates');
    await tabTo(second);
    await keyboard.press('Enter');
    await expect(page.getByText('The tokens of 4 users will be revoked.').first()).toBeVisible();
    await keyboard.press('Escape');
    await expectFocus(grid);

    await keyboard.press('Home');
    await keyboard.press('Delete');
    await expect(page.getByText('The tokens of 3 users will be revoked.').first()).toBeVisible();
    await keyboard.press('ArrowDown');
    await keyboard.press('Shift+F10');
    // A menu that the keyboard opens begins at its first command.
    await expect(page.getByRole('menuitem', { name: 'Keep back' })).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByText('The tokens of 2 users will be revoked.').first()).toBeVisible();
    await expectFocus(grid);
    await keyboard.press('u');
    await expect(page.getByText('The tokens of 3 users will be revoked.').first()).toBeVisible();
    // Said aloud too, as after every decision.
    await expect(
      page.getByRole('status').filter({ hasText: 'The tokens of 3 users will be revoked.' }),
    ).toBeAttached();
  });

  await test.step('the review decides by mouse: kept back, only these, protected, taken back', async () => {
    const users = ordinaryUsers(simulator, 6);
    await chooseAnew(page);
    await useList(page, users.join('\n'));
    await lookUp(page);
    const grid = planGrid(page);
    const row = (number: number) => grid.getByRole('row').nth(number);
    const box = (number: number) => row(number).getByRole('gridcell').first();

    await box(1).click();
    await box(2).click();
    await page.getByRole('button', { name: 'Keep back' }).click();
    await expect(row(1)).toContainText('Kept back by you');
    await expect(
      page.getByText('The tokens of 4 users will be revoked. 2 rows are kept back.').first(),
    ).toBeVisible();

    await row(3).click({ button: 'right' });
    await expectAccessible(page, 'context menu');
    await page.getByRole('menuitem', { name: 'Only these' }).click();
    await expect.poll(() => chipCounts(page, 'Show by decision')).toEqual({ Revoke: 1, 'By you': 5 });

    await row(1).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Take back my decision' }).click();
    await expect(row(1)).not.toContainText('Kept back');

    const copied = (): Promise<string> => electron.evaluate(({ clipboard }) => clipboard.readText());
    await row(1).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy user id', exact: true }).click();
    await expect.poll(async () => users.includes(await copied())).toBe(true);
    const id = await copied();
    await row(1).getByText(simulator.org.byId(id)!.email).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Copy “/ }).click();
    await expect.poll(copied).toBe(simulator.org.byId(id)!.email);
    await row(1).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy 1 row' }).click();
    await expect.poll(copied).toContain(`${simulator.org.byId(id)!.name}\t`);

    await row(4).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Protect' }).click();
    await expect(row(4)).toContainText('Protected');
    await expect
      .poll(() => chipCounts(page, 'Show by decision'))
      .toEqual({ Revoke: 2, Protected: 1, 'By you': 3 });

    const saved = join(profile, 'plan.jsonl');
    await chooseSavePath(electron, saved);
    await page.getByRole('button', { name: 'Save the plan…' }).click();
    await expect(page.getByText(saved)).toBeVisible();
    const lines = (await readFile(saved, 'utf8')).trim().split('\n').slice(1);
    expect(lines.filter((line) => line.includes('"reason":"by-you"'))).toHaveLength(3);

    await showView(page, 'Settings');
    await expect(page.getByRole('list', { name: 'Protected' }).getByRole('listitem')).toHaveCount(1);
  });
});

/** Drags a file into the window, over what is there, and lets it go. */
async function dropFile(page: Page, name: string, bytes: Buffer): Promise<void> {
  const send = async (types: readonly string[]): Promise<void> => {
    await page.evaluate(
      ({ name: file, base64, events }) => {
        const dataTransfer = new DataTransfer();
        const content = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        dataTransfer.items.add(new File([content], file));
        const target = document.querySelector('h1') ?? document.body;
        for (const type of events)
          target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      },
      { name, base64: bytes.toString('base64'), events: types },
    );
  };
  await send(['dragenter']);
  // As a drag does: told again and again while the file is over the window.
  await expect(async () => {
    await send(['dragover']);
    await expect(page.getByText('Drop it to choose by this list')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await send(['dragover', 'drop']);
}

/** A list is pasted and dropped wherever one is, and what was chosen before is there again. */
async function pasteAndDrop(page: Page): Promise<void> {
  await chooseAnew(page);
  await test.step('several lines pasted on another view', async () => {
    await showView(page, 'Runs');
    await pasteText(page, demoAddresses(3).join('\n'));
    await expect(card(page, 'Pasted list')).toBeVisible();
    await page.getByRole('button', { name: 'Remove Pasted list' }).click();
  });

  await test.step('a file dropped on another view', async () => {
    await showView(page, 'Token');
    await dropFile(page, 'leavers.csv', Buffer.from(demoAddresses(4).join('\n')));
    await expect(card(page, 'leavers.csv')).toBeVisible();
    await expect(page.getByText('Drop it to choose by this list')).toBeHidden();
    await lookUp(page);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Remove leavers.csv' }).click();
  });

  await test.step('a dialog keeps what is pasted into it', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await pasteText(page, demoAddresses(2).join('\n'));
    await page.keyboard.press('Escape');
    await expect(page.locator('.chosen section')).toHaveCount(0);
  });

  await test.step('the choice before, and the list of the demo', async () => {
    await page.getByRole('button', { name: 'leavers.csv', exact: true }).click();
    await expect(card(page, 'leavers.csv')).toBeVisible();
    await page.getByRole('button', { name: 'Remove leavers.csv' }).click();
    await page.getByRole('button', { name: 'A list of 25 people of the demo' }).click();
    await expect(card(page, 'people-of-the-demo.csv')).toBeVisible();
    await lookUp(page);
    await expect
      .poll(() => chipCounts(page, 'Show by decision'))
      .toEqual({
        Revoke: 21,
        Duplicate: 1,
        'Not found': 1,
        Ambiguous: 1,
        Deleted: 1,
      });
  });
}

async function seeTenRows(page: Page): Promise<void> {
  await page.setViewportSize({ width: 800, height: 600 });
  await chooseAnew(page);
  const users = demoAddresses(20);
  await useList(page, ['nobody@fernhollow.example', ...users, users[0] ?? ''].join('\n'));
  await lookUp(page);
  const seen = await planGrid(page)
    .getByRole('row')
    .evaluateAll((rows) => {
      const plate = document.querySelector('#main')?.getBoundingClientRect();
      const grid = document.querySelector('[role=grid]')?.getBoundingClientRect();
      const bottom = Math.min(plate?.bottom ?? 0, grid?.bottom ?? 0, innerHeight);
      return rows.filter((row) => row.getBoundingClientRect().bottom <= bottom + 1).length - 1;
    });
  expect(seen).toBeGreaterThanOrEqual(10);
  const why = planGrid(page)
    .getByRole('row')
    .nth(1)
    .getByText(/^Not found:/);
  const right = await why.evaluate((cell) => cell.getBoundingClientRect().left);
  expect(right).toBeLessThan(500);
}

test('from the first start to the revocation of one person, typed by name: five steps; then lists from anywhere', async ({
  launch,
}) => {
  const app = await launch({ keepIntroduction: true });
  const { page } = app;
  await expect(page.getByRole('dialog', { name: 'Welcome to Tokendesk' })).toBeVisible();
  const counting = await countInteractions(app);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Welcome to Tokendesk' })).toBeHidden();
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(demoPerson().name);
  const option = page.getByRole('option', { name: /^Revoke the tokens of/ }).first();
  await expect(option).toBeVisible();
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(planGrid(page)).toBeVisible();
  await expectAccessible(page, 'review of one person');
  await revokeButton(page).click();
  await expect(page.getByText('The tokens of 1 of 1 user were revoked.').first()).toBeVisible();
  const [asked] = await questionsAsked(app.electron);
  expect(asked).toMatchObject({ buttons: ['Cancel', 'Revoke the tokens of 1 user'] });
  const { presses, fields, dialogs, words } = await counting.told(
    'First start to the revocation of one person by name',
  );
  expect(presses + fields + dialogs, words).toBe(5);

  await test.step('a list can be pasted or dropped anywhere, and choices are taken up again', () =>
    pasteAndDrop(page));
  await test.step('at 800×600 ten rows are on the screen, each with its reason', () => seeTenRows(page));
});

test('from the first start to the revocation of 500 from a workbook: seven steps', async ({ launch }) => {
  // At the demo's own 300 calls a minute the run alone takes 100 s; here it is how often a person has to act.
  const env = { TOKENDESK_DEMO: JSON.stringify({ limit: 6_000 }) };
  const app = await launch({ keepIntroduction: true, env });
  const { page } = app;
  await expect(page.getByRole('dialog', { name: 'Welcome to Tokendesk' })).toBeVisible();
  const workbook = workbookOf([['Email'], ...demoAddresses(500).map((email) => [email])]);
  const counting = await countInteractions(app);
  await dropFile(page, 'leavers.xlsx', workbook);
  await expect(card(page, 'leavers.xlsx')).toBeVisible();
  await page.getByRole('button', { name: 'Look up 500 rows' }).click();
  const on = page.getByRole('button', { name: 'Continue to confirm' });
  await expect(on).toBeEnabled();
  await on.click();
  await page.getByLabel('Reason').fill('Leavers of November');
  const label = await page
    .locator('label')
    .getByText(/Type “.+” to confirm/)
    .textContent();
  const phrase = /“(.+)”/.exec(label ?? '')?.[1] ?? '';
  await page.getByLabel(/Type “.+” to confirm/).fill(phrase);
  await revokeButton(page).click();
  await expect(page.getByText(/^The tokens of [\d,]+ of [\d,]+ users were revoked\./).first()).toBeVisible({
    timeout: 60_000,
  });
  const { presses, fields, dialogs, words } = await counting.told(
    'First start to the revocation of 500 from a workbook',
  );
  expect(presses + fields + dialogs, words).toBe(7);
});
