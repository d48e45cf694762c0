import { join } from 'node:path';
import { expect, test, type Simulator } from './support/app.ts';
import { axeViolations } from './support/axe.ts';
import { chooseFile, chooseSavePath, questionsAsked } from './support/dialogs.ts';
import {
  callsPerUser,
  chipCounts,
  fillConfirmation,
  lookUp,
  openWay,
  revokeButton,
  typeUntilMarked,
  useList,
} from './support/revocation.ts';
import { showView } from './support/window.ts';

const members = ({ org }: Simulator, name: string): readonly string[] => {
  const group = org.groups.find((one) => one.name === name);
  return org.ids.filter((_, index) => org.stateOf(index) === 'active' && group?.has(org.person(index)));
};

test('sources add and subtract, the protected are kept back, the plan is saved, the operator goes last', async ({
  signedIn: app,
  simulator,
  profile,
}) => {
  const { page, electron } = app;

  const night = members(simulator, 'Night shift');
  const trainers = members(simulator, 'Trainers');
  const spared = simulator.org.user(simulator.org.indexOf(night[0] ?? '') ?? 0);

  await test.step('a protected user, in Settings', async () => {
    await showView(page, 'Settings');
    await page.getByLabel('Address').fill(spared.email);
    await page.getByRole('button', { name: 'Protect', exact: true }).click();
    await expect(page.getByRole('list', { name: 'Protected' })).toContainText(spared.email);
    await page.getByRole('button', { name: 'Check whom they stand for' }).click();
    await expect(page.getByRole('list', { name: 'Protected' })).toContainText('1 user');
  });

  await showView(page, 'Revoke');
  await test.step('a group, without another, by the keyboard', async () => {
    await typeUntilMarked(page, 'night sh', 'Night shift');
    await page.keyboard.press('Enter');
    await typeUntilMarked(page, 'trainers', 'Trainers');
    await page.keyboard.press('Shift+Enter');
    await expect(page.getByText('Night shift except Trainers')).toBeVisible();
    await lookUp(page);
    const excluded = night.filter((id) => trainers.includes(id) && id !== spared.id);
    const chips = await chipCounts(page, 'Show by decision');
    expect(chips['Protected']).toBe(1);
    expect(chips['Excluded'] ?? 0).toBe(excluded.length);
    expect(chips['Revoke']).toBe(
      night.filter((id) => ![...trainers, spared.id, simulator.userId].includes(id)).length,
    );
  });

  const saved = join(profile, 'night.jsonl');
  await test.step('the plan is saved, and can be a source', async () => {
    await chooseSavePath(electron, saved);
    await page.getByRole('button', { name: 'Save the plan…' }).click();
    await expect(page.getByText(saved)).toBeVisible();
    await page.getByRole('button', { name: 'Back' }).click();
    await expect(page.getByText(`Stands for ${night.length} users`)).toBeVisible();
    for (const name of ['Night shift', 'Trainers'])
      await page.getByRole('button', { name: `Remove ${name}` }).click();
    await chooseFile(electron, saved);
    await openWay(page, 'Saved plan');
    await page.getByRole('button', { name: 'Open a saved plan…' }).click();
    await expect(page.getByRole('heading', { name: 'night.jsonl' })).toBeVisible();
    await page.getByRole('button', { name: 'Remove night.jsonl' }).click();
  });

  await test.step('everyone is a choice with a number; too many fail as a whole; nothing is nobody', async () => {
    await openWay(page, 'Everyone');
    await expect(page.getByText(/\d+ active users/)).toBeVisible();
    await openWay(page, 'One field');
    await expect(page.getByRole('button', { name: 'Include these users' })).toBeDisabled();
    const violations = await axeViolations(page);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });

  await test.step('the operator goes only when asked for and confirmed, as the very last call', async () => {
    const me = simulator.org.user(simulator.org.indexOf(simulator.userId) ?? 0);
    await useList(page, [me.id, ...night.slice(1, 7)].join('\n'));
    await page.getByText('Keep more users back').click();
    await page.getByLabel(/revoke my own tokens/).check();
    await lookUp(page);
    await expect(page.getByText('You are among them')).toBeVisible();
    await fillConfirmation(page, 'Token of the administrator leaked');
    await expect(page.getByText('Your own tokens are among them and end last')).toBeVisible();
    await revokeButton(page).click();
    await expect(page.getByText('7 of 7 users were revoked.').first()).toBeVisible();
    const question = (await questionsAsked(electron)).at(-1);
    expect(question?.detail).toContain('Your own tokens are among them and end last.');
    const order = simulator.ledger().requests.filter(({ route }) => route.startsWith('DELETE'));
    expect(order.at(-1)?.path).toContain(me.id);
    expect([...callsPerUser(simulator).values()].every((calls) => calls === 1)).toBe(true);
  });
});
