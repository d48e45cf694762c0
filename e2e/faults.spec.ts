import { expect, test } from './support/app.ts';
import { countInteractions } from './support/interactions.ts';
import {
  callsPerUser,
  chipCounts,
  expectTruth,
  exportReport,
  fillConfirmation,
  ordinaryUsers,
  pasteAndReview,
  REVOKE_ROUTE,
  revokeButton,
  revokedCount,
} from './support/revocation.ts';
import { showView } from './support/window.ts';

const USERS = 300;
/** Backing off takes its time; nothing waits longer than it has to. */
const RUN_MS = 45_000;

test('a server that fails and loses answers: every outcome is true', async ({
  signedIn: app,
  simulator,
  profile,
}) => {
  const { page } = app;

  await test.step('5 % of the answers are 503, a reset, or lost after the deed', async () => {
    simulator.addFaults(
      { kind: 'status', status: 503, route: REVOKE_ROUTE, probability: 0.017 },
      { kind: 'reset', route: REVOKE_ROUTE, probability: 0.017 },
      { kind: 'answer-lost', route: REVOKE_ROUTE, probability: 0.017 },
      { kind: 'status', status: 429, retryAfter: 2, route: REVOKE_ROUTE },
    );
    await pasteAndReview(page, ordinaryUsers(simulator, USERS).join('\n'));
    await fillConfirmation(page, 'Leaked credentials');
    await revokeButton(page).click();
    await expect(page.getByText(/of 300 users were revoked\./)).toBeVisible({ timeout: RUN_MS });

    const rows = await exportReport(app, profile);
    expect(rows).toHaveLength(USERS);
    expectTruth(rows, simulator);
    // With these odds nobody fails five times: every user is revoked, and the report says so.
    await expect.poll(() => chipCounts(page, 'Show by outcome')).toEqual({ Revoked: USERS });
    expect(revokedCount(simulator)).toBe(USERS);
    // The faults did happen, and each cost another attempt that the report counts.
    const { requests } = simulator.ledger();
    const trouble = requests.filter(
      ({ route, status, answer }) => route === REVOKE_ROUTE && (status === 503 || answer === 'lost'),
    );
    expect(trouble.length).toBeGreaterThan(5);
    const attempts = rows.reduce((sum, { attempts: made }) => sum + Number(made), 0);
    // Chromium sends a request again by itself when a reused socket died before it answered, whatever the method, and
    // tells nobody: attempts are a lower bound there (net/http/http_network_transaction.cc, docs/decisions/real-electron.md).
    const told = trouble.filter(({ status }) => status === 503).length;
    expect(attempts).toBeGreaterThanOrEqual(USERS + told);
    expect(attempts).toBeLessThanOrEqual(USERS + trouble.length);
  });

  await test.step('a 429 was waited for as long as it said', () => {
    const { rateLimited, requests } = simulator.ledger();
    expect(rateLimited).toHaveLength(1);
    const { at, retryAfter } = rateLimited[0]!;
    // Calls that had left before the answer came may still arrive in the first half; none in the second.
    const tooEarly = requests.filter(
      (request) => request.at > at + retryAfter * 500 && request.at < at + retryAfter * 1000,
    );
    expect(tooEarly).toEqual([]);
  });
});

test('the token ends in the middle: the run waits for signing in, then goes on to the end', async ({
  signedIn: app,
  simulator,
  profile,
}) => {
  const { page } = app;
  simulator.addFaults({ kind: 'expire-token', afterCalls: 100, route: REVOKE_ROUTE });
  await pasteAndReview(page, ordinaryUsers(simulator, USERS).join('\n'));
  await fillConfirmation(page, 'SSO migration');
  await revokeButton(page).click();

  await expect(page.getByText('Sign-in needed').first()).toBeVisible();
  await expect(
    page.getByText(/Your own token has ended.* Sign in again; it goes on by itself then\./),
  ).toBeVisible();
  const before = revokedCount(simulator);
  expect(before).toBe(100);
  // Said once, with one way on.
  await expect(page.getByText('Your token has ended')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Sign in again' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Continue' })).toHaveCount(0);

  await test.step('signing in again is enough', async () => {
    await showView(page, 'Token');
    await expect(page.getByText('Your token has ended')).toBeVisible();
    await showView(page, 'Revoke');
    const counting = await countInteractions(app);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connections' });
    await dialog.getByRole('textbox', { name: 'Access token' }).fill(simulator.issueToken(simulator.userId));
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog).toBeHidden();
    const { presses, fields, words } = await counting.told('The own token ends in the middle of a run');
    expect(presses, words).toBeLessThanOrEqual(2);
    expect(fields, words).toBeLessThanOrEqual(1);
    await expect(page.getByText(`${USERS} of ${USERS} users were revoked.`)).toBeVisible({ timeout: RUN_MS });
  });

  const rows = await exportReport(app, profile);
  expectTruth(rows, simulator);
  expect(revokedCount(simulator)).toBe(USERS);
  // Whoever was done before was left alone; only calls that the dead token made count twice.
  const refused = simulator.ledger().counts[REVOKE_ROUTE]?.['401'] ?? 0;
  expect(refused).toBeGreaterThan(0);
  const calls = [...callsPerUser(simulator).values()].reduce((sum, count) => sum + count, 0);
  expect(calls).toBe(USERS + refused);
});
