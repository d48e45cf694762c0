import type { Page } from '@playwright/test';
import { expect, test, type Simulator } from './support/app.ts';
import { AGREE, answerMessageBoxes, DECLINE, questionsAsked } from './support/dialogs.ts';
import { tabTo } from './support/focus.ts';
import { showView, signInWithToken } from './support/window.ts';

const ROUTE = 'PUT /api/v2/tokens/timeout';
/** A field that a future API may have; PUT replaces the whole object, so it is lost by whoever does not send it. */
const EXTRAS = { inactivityWarningSeconds: 45, exemptClients: ['kiosk'] };

test.use({ simulatorOptions: { timeoutExtras: EXTRAS } });

type Timeout = Readonly<Record<string, unknown>>;

async function atServer({ api, token }: Simulator, change?: Timeout): Promise<Timeout> {
  const answer = await fetch(`${api}/api/v2/tokens/timeout`, {
    ...(change && { method: 'PUT', body: JSON.stringify(change) }),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  return (await answer.json()) as Timeout;
}

const valueNow = (page: Page) => page.getByRole('region', { name: 'Now', exact: true }).locator('.figure');

test('the idle timeout: read, refused, changed as a whole, and changed by somebody else', async ({
  signedIn,
  simulator,
}) => {
  const { page, electron } = signedIn;
  await showView(page, 'Idle timeout');
  const field = page.getByRole('region', { name: 'For everybody' }).getByRole('textbox', { name: 'After' });
  const save = page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button').last();
  const before = await atServer(simulator);

  await test.step('it is read', async () => {
    await expect(valueNow(page)).toHaveText('2 hours');
    await expect(field).toHaveValue('2 h');
  });

  for (const [typed, message] of [
    ['4 min', 'The shortest idle timeout is 5 minutes.'],
    ['8 h 1 min', 'The longest idle timeout is 8 hours.'],
    ['400 seconds', 'Use whole minutes.'],
    ['soon', 'This is not a time.'],
    ['', 'Enter a time'],
  ] as const) {
    await test.step(`“${typed}” is refused, with the reason beside it`, async () => {
      await field.fill(typed);
      await expect(page.getByRole('alert')).toContainText(message);
      await expect(save).toBeDisabled();
      await field.press('Enter');
      expect(await questionsAsked(electron)).toEqual([]);
    });
  }
  expect(simulator.ledger().counts[ROUTE]).toBeUndefined();

  await test.step('a change says what it means, is sent as a whole and read back', async () => {
    await field.fill('45');
    const shown = page.getByRole('region', { name: 'What saving changes' });
    await expect(shown).toContainText(/2 hours.*45 minutes/);
    await expect(shown).toContainText('This app is affected too');
    await answerMessageBoxes(electron, DECLINE);
    await expect(save).toHaveText('Set idle timeout to 45 minutes…');
    await save.click();
    await expect(page.getByText('You declined in the system’s dialog.')).toBeVisible();
    const [question] = await questionsAsked(electron);
    expect(question).toMatchObject({
      message: `Change the idle timeout of ${simulator.org.name}?`,
      defaultId: 0,
    });
    expect(question?.detail).toContain('For everybody: on, 2 hours → on, 45 minutes');
    expect(simulator.ledger().counts[ROUTE]).toBeUndefined();
    await answerMessageBoxes(electron, AGREE);
    await save.click();
    await expect(page.getByText('Saved and read back')).toBeVisible();
    await expect(valueNow(page)).toHaveText('45 minutes');
    expect(await atServer(simulator)).toEqual({
      ...before,
      idleTokenTimeoutSeconds: 2700,
      inactivityTimeoutUnit: 'Minutes',
    });
    expect(await atServer(simulator)).toMatchObject(EXTRAS);
    expect(simulator.ledger().counts[ROUTE]).toEqual({ 200: 1 });
  });

  await test.step('at 400 % the bar of unsaved changes hides nothing that has the focus', async () => {
    await expect(page.getByText('You declined in the system’s dialog.')).toBeHidden({ timeout: 10_000 });
    const size = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 256 });
    await field.fill('50');
    await tabTo(page.getByRole('button', { name: 'Export JSON' }), { most: 40 });
    await field.fill('45');
    if (size) await page.setViewportSize(size);
  });

  await test.step('somebody else’s change is shown beside one’s own, and nothing is overwritten', async () => {
    await field.fill('30');
    const theirs = { ...(await atServer(simulator)), idleTokenTimeoutSeconds: 5400 };
    await atServer(simulator, theirs);
    await save.click();
    const conflict = page
      .locator('.callout')
      .filter({ hasText: 'Somebody changed the idle timeout while you were editing' });
    await expect(conflict).toContainText('Nothing was saved.');
    for (const value of ['45 minutes', '1 hour 30 minutes', '30 minutes'])
      await expect(conflict).toContainText(value);
    expect(await atServer(simulator)).toEqual(theirs);

    await conflict.getByRole('button', { name: 'Replace it with mine…' }).click();
    await expect(page.getByText('Saved and read back')).toBeVisible();
    expect(await atServer(simulator)).toEqual({ ...theirs, idleTokenTimeoutSeconds: 1800 });
  });

  await test.step('who may not change it is told so, and can only look', async () => {
    const supervisor = simulator.org.user(2);
    await signInWithToken(page, simulator, simulator.issueToken(supervisor.id));
    await expect(page.getByText('You need Directory > Organization > Admin to change it')).toBeVisible();
    await expect(valueNow(page)).toHaveText('30 minutes');
    await expect(field).not.toBeEditable();
    await expect(page.getByRole('switch', { name: 'End idle tokens' })).toBeDisabled();
    await expect(save).toHaveCount(0);
  });
});
