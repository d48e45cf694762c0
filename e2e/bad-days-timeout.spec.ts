import { expect, test } from './support/app.ts';
import { countInteractions } from './support/interactions.ts';
import { showView } from './support/window.ts';

test('the idle timeout is shortened for all but a group, and undone', async ({
  signedIn: app,
  simulator,
}) => {
  const { page } = app;
  const timeout = async (): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${simulator.token}` };
    const response = await fetch(`${simulator.api}/api/v2/tokens/timeout`, { headers });
    return (await response.json()) as Record<string, unknown>;
  };
  const before = await timeout();
  const groupId = simulator.org.groups.find(({ name }) => name === 'Night shift')?.id;

  const counting = await countInteractions(app);
  await showView(page, 'Idle timeout');
  await page.getByRole('textbox', { name: 'After', exact: true }).fill('15 min');
  await page.getByRole('button', { name: 'Add a group timeout' }).click();
  // The organization has one already.
  const card = page.getByRole('list', { name: 'Group timeouts, the first wins' }).locator('> li').last();
  await expect(card.getByRole('combobox', { name: 'Add a group' })).toBeFocused();
  await page.keyboard.type('night');
  await expect(card.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');

  await test.step('what it means is said in what people get', async () => {
    const effects = page.getByRole('region', { name: 'What saving changes' }).getByLabel('Who gets what');
    await expect(effects).toContainText(/Night shift \(\d+ people\)\s*keeps 2 hours/);
    await expect(effects).toContainText(
      /Everyone else \(of [\d,]+ active users\)\s*from 2 hours\s*→ to 15 min/,
    );
  });
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button').last().click();
  const saved = page.getByRole('region', { name: 'Saved' });
  await expect(saved).toContainText('Saved and read back');
  await expect(saved).toBeInViewport();
  expect(await timeout()).toMatchObject({
    idleTokenTimeoutSeconds: 900,
    inactivityTimeoutGroupBundles: [{}, { priority: 2, timeoutSeconds: 7200, groups: [groupId] }],
  });
  const { presses, fields, words } = await counting.told('The idle timeout for all but a group');
  expect(presses, words).toBeLessThanOrEqual(5);
  expect(fields, words).toBeLessThanOrEqual(2);

  const undoing = await countInteractions(app);
  await saved.getByRole('button', { name: 'Undo: back to On, 2 hours' }).click();
  await expect.poll(timeout).toEqual(before);
  const undone = await undoing.told('The idle timeout undone');
  expect(undone.presses, undone.words).toBeLessThanOrEqual(2);
});
