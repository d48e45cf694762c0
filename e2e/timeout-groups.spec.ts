import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type Simulator } from './support/app.ts';
import { chooseSavePath, questionsAsked } from './support/dialogs.ts';
import { showView, signInWithToken } from './support/window.ts';

/** Of a group that was deleted after it got a timeout. */
const DELETED = '11111111-2222-4333-8444-555555555555';
const EXTRAS = { futureField: { keep: ['me'] } };

const ask = async (simulator: Simulator, body?: object): Promise<Record<string, unknown>> => {
  const response = await fetch(`${simulator.api}/api/v2/tokens/timeout`, {
    method: body ? 'PUT' : 'GET',
    headers: { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
};

const open = async (page: Page): Promise<void> => {
  await showView(page, 'Idle timeout');
  await expect(page.getByRole('region', { name: 'History' }).getByRole('listitem')).toHaveCount(1);
};

const everybody = (page: Page) => page.getByRole('region', { name: 'For everybody' });
const bundles = (page: Page) =>
  page.getByRole('list', { name: 'Group timeouts, the first wins' }).locator('> li');
const shown = (page: Page) => page.getByRole('region', { name: 'What saving changes' });
const save = (page: Page) => page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button').last();

/** Without the permission everything can be read and nothing changed. */
async function lookOnly(page: Page, simulator: Simulator): Promise<void> {
  const supervisor = simulator.org.user(2);
  await signInWithToken(page, simulator, simulator.issueToken(supervisor.id));
  await showView(page, 'Idle timeout');
  await expect(page.getByText('You need Directory > Organization > Admin to change it')).toBeVisible();
  await expect(everybody(page).getByRole('textbox', { name: 'After' })).toHaveValue('2 h');
  await expect(everybody(page).getByRole('textbox', { name: 'After' })).not.toBeEditable();
  await expect(bundles(page).nth(0)).toContainText('Reception desks');
  for (const control of await page.locator('main').getByRole('switch').all())
    await expect(control).toBeDisabled();
  await expect(
    page.getByRole('button', { name: /Add a group|remove|Take .* out|^Set idle timeout|^Save/ }),
  ).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'History' }).getByRole('listitem').first()).toBeVisible();
  // Searching people needs another permission; an id does not.
  await page.getByRole('combobox', { name: 'Person' }).fill(supervisor.id);
  await page.getByRole('option', { name: supervisor.name }).click();
  await expect(page.getByRole('region', { name: 'Who is affected' })).toContainText('Now');
}

for (const putTimeout of ['replace', 'merge'] as const) {
  test.describe(`where PUT does ${putTimeout}`, () => {
    test.use({
      simulatorOptions: {
        putTimeout,
        timeoutExtras: EXTRAS,
        timeoutBundles: [
          { priority: 1, timeoutSeconds: 600, groups: ['Reception desks', DELETED], inLater: 'kept' },
          { priority: 2, timeoutSeconds: 1800, groups: ['New starters'] },
        ],
      },
    });

    test('the idle timeout with groups: changed, contested, restored, exported', async ({
      signedIn,
      simulator,
      profile,
    }) => {
      const { page, electron } = signedIn;
      const groupId = (name: string): string => simulator.org.groups.find((one) => one.name === name)!.id;
      const first = await ask(simulator);
      await open(page);

      await test.step('what is there can be read, a deleted group too', async () => {
        await expect(bundles(page).nth(0)).toContainText('Reception desks');
        await expect(bundles(page).nth(0)).toContainText('This group no longer exists');
        await expect(bundles(page).nth(0)).toContainText(DELETED);
        await expect(bundles(page).nth(1)).toContainText(/New starters\s*\d+ members/);
      });

      await test.step('a time is typed, stepped and slid', async () => {
        const field = everybody(page).getByRole('textbox', { name: 'After' });
        await field.fill('9 h');
        await expect(everybody(page).getByRole('alert')).toHaveText('The longest idle timeout is 8 hours.');
        await expect(save(page)).toBeDisabled();
        await field.fill('1h30');
        await everybody(page).getByRole('button', { name: 'After: 5 minutes more' }).click();
        await expect(field).toHaveValue('1 h 35 min');
        await field.press('ArrowDown');
        await expect(field).toHaveValue('1 h 30 min');
        const slider = everybody(page).getByRole('slider');
        await slider.press('ArrowLeft');
        await expect(field).toHaveValue('1 h 25 min');
        await slider.press('ArrowRight');
        await expect(slider).toHaveAttribute('aria-valuetext', '1 hour 30 minutes');
        await expect(everybody(page).getByRole('radio', { name: 'Hours' })).toBeDisabled();
      });

      await test.step('a group is found by a part of its name, and added with the keyboard', async () => {
        await page.getByRole('button', { name: 'Add a group timeout' }).press('Enter');
        const picker = bundles(page).nth(2).getByRole('combobox', { name: 'Add a group' });
        await expect(picker).toBeFocused();
        // The groups are there before a letter is typed, and the card begins with what everybody has now.
        await expect(bundles(page).nth(2).getByRole('option').first()).toBeVisible();
        await expect(bundles(page).nth(2).getByRole('textbox')).toHaveValue('2 h');
        await page.keyboard.type('night');
        await expect(bundles(page).nth(2).getByRole('option')).toHaveCount(1);
        await expect(bundles(page).nth(2).getByRole('option')).toHaveText(/Night shift\s*\d+ members/);
        await picker.press('Enter');
        await expect(bundles(page).nth(2).getByRole('listitem')).toContainText('Night shift');
        const effects = shown(page).getByLabel('Who gets what');
        await expect(effects).toContainText(/Night shift \(\d+ people\)\s*2 hours → 2 hours|keeps 2 hours/);
        await expect(effects).toContainText(/Everyone else \(of [\d,]+ active users\)/);
        await bundles(page).nth(2).getByRole('textbox').fill('15 min');
      });

      await test.step('overlaps name the bundle that wins', async () => {
        const picker = bundles(page).nth(2).getByRole('combobox', { name: 'Add a group' });
        await picker.fill('new start');
        await bundles(page).nth(2).getByRole('option', { name: 'New starters' }).click();
        await expect(
          page.getByText('New starters is in priority 2 and 3. Priority 2 wins: 30 minutes.'),
        ).toBeVisible();
        await expect(page.getByText(/\d+ (people are|person is) in priority 2 and 3/)).toBeVisible();
      });

      await test.step('the order is changed by keyboard and by dragging', async () => {
        await bundles(page).nth(2).getByRole('button', { name: 'Priority 3: move up' }).press('Enter');
        await expect(bundles(page).nth(1)).toContainText('Night shift');
        await expect(bundles(page).nth(1).getByRole('button', { name: 'Priority 2: move up' })).toBeFocused();
        await page.keyboard.press('Alt+ArrowUp');
        await expect(bundles(page).nth(0)).toContainText('Night shift');
        // All three in view, and none behind the bar on the lower edge, where it could not be dropped on.
        await bundles(page)
          .nth(1)
          .evaluate((card) => card.scrollIntoView({ block: 'center' }));
        // Waits until both stand still: the rows have just changed places. One move alone does not begin a drag.
        await bundles(page)
          .nth(0)
          .locator('.grip')
          .dragTo(bundles(page).nth(2), { targetPosition: { x: 80, y: 20 }, steps: 5 });
        await expect(bundles(page).nth(2)).toContainText('Night shift');
        await expect(bundles(page).nth(0)).toContainText('Reception desks');
      });

      await test.step('who is affected, now and after the change', async () => {
        const night = simulator.org.groups.find(({ name }) => name === 'Night shift')!;
        const others = simulator.org.groups.filter(({ name }) =>
          ['New starters', 'Reception desks'].includes(name),
        );
        const user = Array.from({ length: 1000 }, (_, index) => simulator.org.user(index)).find(
          (one) => one.state === 'active' && night.has(one) && !others.some((group) => group.has(one)),
        )!;
        await page.getByRole('combobox', { name: 'Person' }).fill(user.email);
        await page.getByRole('option', { name: user.name }).click();
        const answer = page.getByRole('region', { name: 'Who is affected' }).locator('dl > div');
        await expect(answer.nth(0)).toContainText(
          '2 hours. The timeout for everybody: none of their groups has one of its own.',
        );
        await expect(answer.nth(1)).toContainText('15 minutes. Member of Night shift, priority 3.');
      });

      await test.step('the diff in words, what it means, and one confirmation', async () => {
        await expect(shown(page)).toContainText('Time');
        await expect(shown(page)).toContainText(/2 hours\s*→\s*(to )?1 hour 30 minutes/);
        await expect(shown(page)).toContainText(/none\s*→\s*(to )?15 minutes for Night shift, New starters/);
        await expect(shown(page)).toContainText('may end at once');
        await expect(shown(page)).toContainText('This app is affected too');
        await expect(save(page)).toHaveText('Set idle timeout to 1 hour 30 minutes and save group timeouts…');
        await save(page).click();
        await expect(page.getByText('Saved and read back')).toBeVisible();
      });

      const second = {
        ...first,
        idleTokenTimeoutSeconds: 5400,
        inactivityTimeoutUnit: 'Minutes',
        inactivityTimeoutGroupBundles: [
          ...(first['inactivityTimeoutGroupBundles'] as object[]),
          {
            priority: 3,
            timeoutSeconds: 900,
            inactivityTimeoutUnit: 'Minutes',
            groups: [groupId('Night shift'), groupId('New starters')],
          },
        ],
      };
      await test.step('only that has changed: fields from the future survive', async () => {
        const now = await ask(simulator);
        expect(now).toMatchObject(EXTRAS);
        expect(now).toEqual(second);
      });

      await test.step('a change of somebody else is shown beside one’s own', async () => {
        const field = everybody(page).getByRole('textbox', { name: 'After' });
        await ask(simulator, { ...second, idleTokenTimeoutSeconds: 3600 });
        await field.fill('45');
        await save(page).click();
        const conflict = page.getByRole('status').filter({ hasText: 'Somebody changed the idle timeout' });
        await expect(conflict).toContainText('Time: 1 hour 30 minutes → 1 hour');
        await expect(conflict).toContainText('On, 45 minutes; 3 group timeouts');
        expect(await ask(simulator)).toMatchObject({ idleTokenTimeoutSeconds: 3600 });
        await conflict.getByRole('button', { name: 'Replace it with mine…' }).click();
        await expect(page.getByText('Saved and read back')).toBeVisible();
        expect(await ask(simulator)).toEqual({ ...second, idleTokenTimeoutSeconds: 2700 });
      });

      await test.step('and undone from the bar that saved, which is in view wherever one is', async () => {
        const saved = page.getByRole('region', { name: 'Saved' });
        await expect(saved).toBeInViewport();
        await saved.getByRole('button', { name: 'Undo: back to On, 1 hour' }).click();
        await expect.poll(() => ask(simulator)).toEqual({ ...second, idleTokenTimeoutSeconds: 3600 });
        await expect(saved).toContainText('On, 1 hour');
        await saved.getByRole('button', { name: 'Undo: back to On, 45 minutes' }).click();
        await expect.poll(() => ask(simulator)).toEqual({ ...second, idleTokenTimeoutSeconds: 2700 });
        await saved.getByRole('button', { name: 'Close' }).click();
        await expect(saved).toHaveCount(0);
      });

      const history = page.getByRole('region', { name: 'History' });
      await test.step('the history has every value, and gives the first one back', async () => {
        const entries = history.getByRole('list').getByRole('listitem');
        await history.getByRole('button', { name: 'Show all 6' }).click();
        await expect(entries).toHaveCount(6);
        await expect(entries.nth(0)).toContainText(/On, 45 minutes.*Written .* by Ines Albrecht/s);
        await expect(entries.nth(3)).toContainText(/On, 1 hour.*Read /s);
        await entries.nth(5).getByRole('button', { name: 'Restore… On, 2 hours' }).click();
        await expect.poll(() => ask(simulator)).toEqual(first);
        const question = (await questionsAsked(electron)).at(-1);
        expect(question?.message).toBe(`Restore an earlier idle timeout of ${simulator.org.name}?`);
        expect(question?.detail).toContain('For everybody: on, 45 minutes → on, 2 hours');
        await expect(page.getByText('Saved and read back')).toBeVisible();
        expect(await ask(simulator)).toEqual(first);
      });

      await test.step('the history is exported as JSON', async () => {
        const path = join(profile, 'history.json');
        await chooseSavePath(electron, path);
        await history.getByRole('button', { name: 'Export JSON' }).click();
        await expect(history.getByText(path)).toBeVisible();
        await expect(history.getByRole('button', { name: 'Show in folder' })).toBeVisible();
        const exported = JSON.parse(await readFile(path, 'utf8')) as { entries: Record<string, unknown>[] };
        expect(exported).toMatchObject({ organization: simulator.org.name });
        expect(exported.entries.map(({ how }) => how)).toEqual([
          'read',
          'written',
          'read',
          'written',
          'written',
          'written',
          'written',
        ]);
        expect(exported.entries[0]).toMatchObject({
          value: first,
          operator: { userId: simulator.userId, name: 'Ines Albrecht' },
        });
        expect(await readFile(path, 'utf8')).not.toContain(simulator.token);
      });

      await test.step('without the permission everything can be read and nothing changed', () =>
        lookOnly(page, simulator));
    });
  });
}

test.describe('where the server decides otherwise', () => {
  test.use({
    simulatorOptions: {
      hipaa: true,
      idleTimeoutSeconds: 900,
      putTimeoutDrops: ['inactivityTimeoutGroupBundles'],
    },
  });

  test('a refusal is shown in its words, and what it does not keep is an error', async ({
    signedIn: { page },
    simulator,
  }) => {
    const before = await ask(simulator);
    await open(page);

    await test.step('an org under HIPAA takes no more than 15 minutes', async () => {
      await everybody(page).getByRole('button', { name: '1 h', exact: true }).click();
      await save(page).click();
      await expect(shown(page)).toContainText('HIPAA: the idle timeout may be at most 900 seconds.');
      expect(await ask(simulator)).toEqual(before);
      await page.getByRole('button', { name: 'Undo my changes' }).click();
      await expect(everybody(page).getByRole('textbox', { name: 'After' })).toHaveValue('15 min');
    });

    await test.step('reading back shows something else', async () => {
      await bundles(page).getByRole('button', { name: 'Priority 1: remove' }).click();
      await expect(shown(page)).toContainText(/10 minutes for Reception desks\s*→\s*(to )?none/);
      await save(page).click();
      const alert = page
        .getByRole('alert')
        .filter({ hasText: 'Genesys Cloud accepted the change but shows something else' });
      await expect(alert).toContainText(
        'Priority 1: none was sent, 10 minutes for Reception desks came back.',
      );
      await expect(page.getByText('Saved and read back')).toHaveCount(0);
      await expect(page.getByText('1 unsaved change.')).toBeVisible();
      await page.getByRole('button', { name: 'Undo my changes' }).click();
      await expect(bundles(page)).toHaveCount(1);
    });
  });
});
