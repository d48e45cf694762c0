import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutcomeRow, RunSummary, RunVerification } from '../src/shared/run.ts';
import { expect, test, type RunningApp, type Simulator } from './support/app.ts';
import { AGREE, answerMessageBoxes, chooseSavePath, DECLINE, questionsAsked } from './support/dialogs.ts';
import { textOfPdf } from './support/pdf.ts';
import {
  chipCounts,
  chooseExport,
  expectTruth,
  exportReport,
  fillConfirmation,
  lookUp,
  openRun,
  ordinaryUsers,
  pasteAndReview,
  REVOKE_ROUTE,
  revokeButton,
  revokedCount,
} from './support/revocation.ts';

const USERS = 250;
/** An API answers at most this many users a call: `max.user.ids`. */
const IDS_A_CALL = 100;
const LIST_ROUTE = 'GET /api/v2/users';
/** Each of these three reports has to stay harmless with it. */
const REASON = 'Phished: <img src=x onerror=alert(1)>';
const FORMULA = '=HYPERLINK(A1)';

/** Every second of the revoked users signs in again, up to so many. @returns their ids. */
function signInAgain(simulator: Simulator, ids: readonly string[], count: number): readonly string[] {
  const again = ids.filter((_, index) => index % 2 === 1).slice(0, count);
  for (const id of again) simulator.issueToken(id);
  return again;
}

const callsTo = (simulator: Simulator, route: string): number =>
  Object.values(simulator.ledger().counts[route] ?? {}).reduce((sum, count) => sum + count, 0);

async function exported(app: RunningApp, folder: string, format: string, name: string): Promise<string> {
  const path = join(folder, name);
  await chooseSavePath(app.electron, path);
  await chooseExport(app.page, format);
  await expect(app.page.getByText(path)).toBeVisible();
  return readFile(path, 'utf8');
}

test('a run with failures: found, tried again, verified, and kept as evidence', async ({
  signedIn: app,
  simulator,
  profile,
}) => {
  const { page } = app;
  const ids = ordinaryUsers(simulator, USERS);
  const [refused = '', forbidden = '', gone = ''] = ids;
  const route = (id: string): string => `DELETE /api/v2/tokens/${id}`;
  await test.step('three of them fail, and the run says so', async () => {
    simulator.addFaults(
      { kind: 'status', status: 400, code: 'bad.request', route: route(refused) },
      { kind: 'status', status: 403, route: route(forbidden) },
      { kind: 'status', status: 404, route: route(gone) },
    );
    await pasteAndReview(page, [...ids, FORMULA].join('\n'));
    await fillConfirmation(page, REASON);
    await page.getByLabel('Ticket').fill('INC-7731');
    await revokeButton(page).click();
    await expect(page.getByText(`${USERS - 3} of ${USERS} users were revoked.`)).toBeVisible({
      timeout: 30_000,
    });
  });
  const [parent = ''] = await readdir(join(profile, 'runs'));

  await test.step('its outcomes are found by chip and by word', async () => {
    await openRun(page, REASON);
    await expect
      .poll(() => chipCounts(page, 'Show by outcome'))
      .toEqual({
        Revoked: USERS - 3,
        'Not found': 1,
        'Not allowed': 1,
        Failed: 1,
        'Kept back': 1,
      });
    await expect(page.getByRole('img', { name: `Timeline: ${USERS} outcomes between` })).toBeVisible();
    const grid = page.getByRole('grid', { name: 'Outcomes' });
    await page
      .getByRole('group', { name: 'Show by outcome' })
      .getByRole('button', { name: 'Failed' })
      .click();
    await expect(grid).toHaveAttribute('aria-rowcount', '2');
    await expect(grid.getByRole('row').nth(1)).toContainText(simulator.org.byId(refused)?.name ?? '');
    await page
      .getByRole('group', { name: 'Show by outcome' })
      .getByRole('button', { name: 'Failed' })
      .click();
    await page.getByRole('searchbox', { name: 'Filter Outcomes' }).fill(forbidden);
    await expect(grid).toHaveAttribute('aria-rowcount', '2');
    await expect(grid.getByRole('row').nth(1)).toContainText('Not allowed');
    await page.getByRole('searchbox', { name: 'Filter Outcomes' }).fill('');
  });

  await test.step('who has signed in again is told, with a call for each hundred', async () => {
    const revoked = Object.keys(simulator.ledger().revocations);
    const again = signInAgain(simulator, revoked, 7);
    const before = callsTo(simulator, LIST_ROUTE);
    await page.getByRole('button', { name: 'Check who has signed in again' }).click();
    const result = page.locator('.callout', { hasText: `${again.length} users got a token since` });
    await expect(result).toBeVisible();
    const calls = Math.ceil(revoked.length / IDS_A_CALL);
    await expect(result).toContainText(`${revoked.length} revoked users checked with ${calls} calls,`);
    expect(callsTo(simulator, LIST_ROUTE) - before).toBe(calls);
    const names = again.map((id) => simulator.org.byId(id)?.name ?? id).sort();
    const listed = await result.getByRole('listitem').allTextContents();
    expect(listed.map((text) => text.trim().split(', ')[0]).sort()).toEqual(names);
    // It is kept: found again with the run, and part of its reports.
    await openRun(page, REASON);
    await expect(result).toBeVisible();
  });

  await test.step('the CSV has every user once, agrees with the server, and holds no formula', async () => {
    const rows = await exportReport(app, profile);
    expect(rows).toHaveLength(USERS + 1);
    expect(new Set(rows.map((row) => row.user_id)).size).toBe(USERS + 1);
    expectTruth(rows, simulator);
    expect(rows.filter(({ outcome }) => outcome === 'revoked')).toHaveLength(revokedCount(simulator));
    expect(rows.at(-1)).toMatchObject({ input: `'${FORMULA}`, outcome: 'kept-back' });
  });

  await test.step('the JSON says the same', async () => {
    const report = JSON.parse(await exported(app, profile, 'JSON', 'report.json')) as {
      readonly run: RunSummary;
      readonly verifications: readonly RunVerification[];
      readonly rows: readonly OutcomeRow[];
    };
    expect(report.rows).toHaveLength(USERS + 1);
    expect(report.run).toMatchObject({ runId: parent, reason: REASON, ticket: 'INC-7731', parent: null });
    expect(report.verifications).toMatchObject([
      { operator: 'Ines Albrecht', checked: revokedCount(simulator), calls: 3, againCount: 7 },
    ]);
    expect(report.run.counts).toMatchObject({ revoked: revokedCount(simulator), failed: 1, forbidden: 1 });
  });

  await test.step('the summary says the same on one page that runs and loads nothing', async () => {
    const html = await exported(app, profile, 'Summary…', 'report.html');
    expect(html).not.toMatch(/<(script|img|link|iframe)|\b(src|href)\s*=\s*["']|url\(|@import/i);
    expect(html).toContain('INC-7731');
    expect(html).toContain('Who has signed in again since');
    expect(html).toMatch(new RegExp(`Revoked</th><td[^>]*>${revokedCount(simulator)}<`));
  });

  await test.step('the summary prints to PDF, with the same words, and nothing of it is left open', async () => {
    await exported(app, profile, 'Summary as PDF', 'report.pdf');
    const bytes = await readFile(join(profile, 'report.pdf'));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const text = textOfPdf(bytes);
    for (const wanted of [REASON, 'INC-7731', simulator.org.name, 'Token revocation', '(ISO 8601)'])
      expect(text).toContain(wanted.replaceAll(/\s/g, ''));
    const open = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(open).toBe(1);
  });

  await test.step('those who failed are tried again by a run that names this one', async () => {
    const before = callsTo(simulator, REVOKE_ROUTE);
    await page.getByRole('button', { name: 'Try 2 again…' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Revoke', exact: true })).toBeVisible();
    await lookUp(page);
    await fillConfirmation(page, 'Second try');
    await revokeButton(page).click();
    await expect(page.getByText('2 of 2 users were revoked.')).toBeVisible({ timeout: 30_000 });
    expect(callsTo(simulator, REVOKE_ROUTE) - before).toBe(2);
    expect(revokedCount(simulator)).toBe(USERS - 1);

    const runs = await readdir(join(profile, 'runs'));
    const child = runs.find((name) => name !== parent) ?? '';
    const journal = await readFile(join(profile, 'runs', child, 'journal.jsonl'), 'utf8');
    expect(JSON.parse(journal.split('\n')[0] ?? '')).toMatchObject({ type: 'header', parent });
    expect(await exported(app, profile, 'Summary…', 'second.html')).toContain(parent);
    await openRun(page, 'Second try');
    await expect(page.getByText(parent, { exact: true })).toBeVisible();
  });
});

test.describe('at fifty users a second', () => {
  test.use({ simulatorOptions: { limit: 3000, latency: [20, 60] } });

  test('a run that a crash interrupted is closed for good, with its reason', async ({
    launch,
    signedIn: first,
    simulator,
    profile,
  }) => {
    await pasteAndReview(first.page, ordinaryUsers(simulator, USERS).join('\n'));
    await fillConfirmation(first.page, 'Leaked list');
    await revokeButton(first.page).click();
    await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(10);
    await first.kill();
    const revoked = revokedCount(simulator);

    const second = await launch({ simulator });
    const { page } = second;
    await test.step('main asks first; declined, nothing changes', async () => {
      await page.getByRole('button', { name: 'Show report' }).click();
      await expect(page.getByText(/users have no outcome yet\./).last()).toBeVisible();
      await page.getByRole('button', { name: 'Close without resuming…' }).click();
      await page.getByLabel('Why it is not resumed').fill('A new list has them all');
      const end = page.getByRole('button', { name: 'End this run…' });
      await answerMessageBoxes(second.electron, DECLINE);
      await end.click();
      await expect(page.getByText('You declined in the system’s dialog.')).toBeVisible();
      await expect(end).toBeEnabled();
      expect(await questionsAsked(second.electron)).toMatchObject([
        { message: 'End this run for good?', defaultId: 0 },
      ]);
      await answerMessageBoxes(second.electron, AGREE);
      await end.click();
      await expect(page.getByText(/users were not attempted\./)).toBeVisible();
    });

    await expect(page.getByRole('button', { name: 'Close without resuming…' })).toHaveCount(0);
    await expect(page.getByText('Closed without resuming: A new list has them all. Ended')).toBeVisible();
    const rows = await exportReport(second, profile);
    expect(rows).toHaveLength(USERS);
    expectTruth(rows, simulator);
    expect(revokedCount(simulator)).toBe(revoked);
  });
});
