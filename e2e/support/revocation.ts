import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import Papa from 'papaparse';
import type { Ledger, Simulator } from '../../src/simulator/index.ts';
import { expect, type RunningApp } from './app.ts';
import { chooseSavePath } from './dialogs.ts';
import { showView } from './window.ts';

/** One line of the exported report; everything is text there. */
export interface ReportRow {
  readonly row: string;
  readonly input: string;
  readonly user_id: string;
  readonly outcome: string;
  readonly note: string;
  readonly attempts: string;
  readonly status: string;
  readonly correlation_id: string;
}

export const REVOKE_ROUTE = 'DELETE /api/v2/tokens/:userId';

/** Ids of users of the org who can be revoked: neither deleted nor made for a purpose. */
export function ordinaryUsers({ org }: Simulator, count: number): readonly string[] {
  const ids: string[] = [];
  for (let index = 50; ids.length < count; index += 1) {
    if (org.stateOf(index) !== 'deleted') ids.push(org.ids[index] ?? '');
  }
  return ids;
}

/** Takes away what was chosen before: a list is added to it otherwise. */
export async function clearSources(page: Page): Promise<void> {
  const remove = page.locator('.chosen').getByRole('button', { name: /^Remove / });
  while ((await remove.count()) > 0) await remove.first().click();
}

/** Back to an empty choice, from whatever step the one before has got to. */
export async function chooseAnew(page: Page): Promise<void> {
  await showView(page, 'Revoke');
  const anew = page.getByRole('button', { name: 'New revocation' });
  const who = page.getByRole('list', { name: 'Steps' }).getByRole('button', { name: /Step 1/ });
  await expect(anew.or(who).or(oneBox(page)).first()).toBeVisible();
  if (await anew.isVisible()) await anew.click();
  else if (await who.isVisible()) await who.click();
  await expect(oneBox(page)).toBeVisible();
  await clearSources(page);
}

/** The one field that takes everything, in "Who". */
export const oneBox = (page: Page) => page.getByRole('combobox', { name: 'Whose tokens?' });

/** The option that Enter would add. */
export const markedOption = (page: Page) =>
  page.getByRole('listbox', { name: 'What to add' }).getByRole('option', { selected: true });

/** Types into the box, and waits until what is wanted is marked. */
export async function typeUntilMarked(page: Page, text: string, wanted: string | RegExp): Promise<void> {
  await oneBox(page).fill(text);
  await expect(markedOption(page)).toContainText(wanted);
}

/** Opens one of the forms below the box. */
export async function openWay(page: Page, label: string): Promise<void> {
  const way = page
    .getByRole('group', { name: 'Further ways' })
    .getByRole('button', { name: label, exact: true });
  if ((await way.getAttribute('aria-expanded')) !== 'true') await way.click();
  await expect(way).toHaveAttribute('aria-expanded', 'true');
}

/** Fills the form for a list and uses it. */
export async function useList(page: Page, list: string): Promise<void> {
  await openWay(page, 'List');
  await page.getByLabel('Paste a list').fill(list);
  await page.getByRole('button', { name: 'Use this list' }).click();
}

/** Pastes text as a person does, with the keyboard on whatever has the focus. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Pastes a list and looks its users up; ends at the review. */
export async function pasteAndReview(page: Page, list: string): Promise<void> {
  await chooseAnew(page);
  await useList(page, list);
  await lookUp(page);
}

export async function lookUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Look up/ }).click();
  await expect(page.getByRole('button', { name: 'Continue to confirm' })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Rows of the plan' })).toHaveAttribute('aria-busy', 'false');
}

/** From the review to the moment before the button: reason given, and confirmation typed where it is asked for. */
export async function fillConfirmation(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Continue to confirm' }).click();
  await page.getByLabel('Reason').fill(reason);
  const asked = page.locator('label').getByText(/Type “.+” to confirm/);
  if ((await asked.count()) === 0) return;
  const words = /“(.+)”/.exec((await asked.textContent()) ?? '')?.[1] ?? '';
  await page.getByLabel(/Type “.+” to confirm/).fill(words);
}

export const revokeButton = (page: Page) =>
  page.getByRole('button', { name: /^Revoke the tokens of [\d,.]+ users?$/ });

/** How many calls of the run that is shown are under way. */
export const waitingForAnswers = (page: Page): Locator =>
  page.locator('dt').getByText('Waiting for an answer').locator('xpath=following-sibling::dd');

/** Number on a chip such as "Revoked 485"; 0 when there is none, since empty chips are left out. */
export async function chipCounts(page: Page, group: string): Promise<Readonly<Record<string, number>>> {
  const texts = await page.getByRole('group', { name: group }).getByRole('button').allTextContents();
  return Object.fromEntries(
    texts.map((text) => {
      const [, label = '', count = ''] = /^\s*(.+?)\s+([\d.,]+)\s*$/.exec(text) ?? [];
      return [label, Number(count.replace(/\D/g, ''))];
    }),
  );
}

/** The table of all runs, from whatever the view shows now. */
export async function showRuns(page: Page): Promise<Locator> {
  await showView(page, 'Runs');
  const grid = page.getByRole('grid', { name: 'Runs', exact: true });
  const back = page.getByRole('button', { name: 'All runs' });
  await expect(grid.or(back)).toBeVisible();
  if (await back.isVisible()) await back.click();
  await expect(grid).toBeVisible();
  return grid;
}

/** Opens the newest run of that reason, and waits until its outcomes are there. */
export async function openRun(page: Page, reason: string): Promise<void> {
  const grid = await showRuns(page);
  await grid.getByRole('row').filter({ hasText: reason }).first().click();
  await expect(page.getByRole('heading', { level: 2, name: reason })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Outcomes' })).toHaveAttribute('aria-busy', 'false');
}

/** Chooses from the one menu by which something leaves the app. */
export async function chooseExport(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${label}`) }).click();
}

/** The report of the run that is open, exported by its menu. */
export async function exportReport(
  { page, electron }: RunningApp,
  folder: string,
): Promise<readonly ReportRow[]> {
  const path = join(folder, 'report.csv');
  await chooseSavePath(electron, path);
  await chooseExport(page, 'CSV');
  await expect(page.getByText(path)).toBeVisible();
  const { data, errors } = Papa.parse<ReportRow>((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  return data;
}

/** How many calls of `DELETE /tokens/{userId}` reached the server for each user, whatever became of them. */
export function callsPerUser(simulator: Simulator): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const { route, path } of simulator.ledger().requests) {
    if (route !== REVOKE_ROUTE) continue;
    const userId = path.slice(path.lastIndexOf('/') + 1);
    calls.set(userId, (calls.get(userId) ?? 0) + 1);
  }
  return calls;
}

/** Users whose tokens the server has ended. */
export const revokedCount = (simulator: Simulator): number =>
  Object.keys(simulator.ledger().revocations).length;

/** What a row of the report claims that the server does not bear out; null when it does. */
function lie(
  row: ReportRow,
  { revocations, requests }: Ledger,
  revokedRows: ReadonlySet<string>,
): string | null {
  const ended = revocations[row.user_id] ?? [];
  const answered = requests.find(({ correlationId }) => correlationId === row.correlation_id);
  switch (row.outcome) {
    case 'revoked':
      return ended.some(({ correlationId }) => correlationId === row.correlation_id)
        ? null
        : 'not by that call';
    case 'not-found':
    case 'forbidden':
      return ended.length === 0 && String(answered?.status) === row.status
        ? null
        : 'the server says otherwise';
    case 'failed':
      return row.note === '' ? 'failed without a reason' : null;
    case 'kept-back':
      // A duplicate names a user whom another row revokes.
      return ended.length === 0 || revokedRows.has(row.user_id) ? null : 'was revoked all the same';
    case 'not-attempted':
    case 'would-revoke':
      return ended.length === 0 ? null : 'was revoked all the same';
    default:
      return 'no outcome that the app knows';
  }
}

/**
 * Compares a report with the server's own record, user by user and both ways: each row is true, and nobody whom the
 * server revoked is missing or claimed to be untouched.
 */
export function expectTruth(rows: readonly ReportRow[], simulator: Simulator): void {
  const ledger = simulator.ledger();
  const revokedRows = new Set(rows.filter((row) => row.outcome === 'revoked').map((row) => row.user_id));
  const possibly = new Set(rows.filter((row) => row.outcome === 'failed').map((row) => row.user_id));
  const lies = rows.flatMap((row) => {
    const what = lie(row, ledger, revokedRows);
    return what === null ? [] : [`row ${row.row}, ${row.outcome}: ${what}`];
  });
  const silent = Object.keys(ledger.revocations).filter(
    (userId) => !revokedRows.has(userId) && !possibly.has(userId),
  );
  expect({ lies, silent }).toEqual({ lies: [], silent: [] });
}
