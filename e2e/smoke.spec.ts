import { expect, test } from './support/app.ts';

test('first start shows the demo organisation, marked as such', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByText('Demo', { exact: true }).first()).toBeVisible();
  await page.screenshot({ path: 'test-results/first.png' });
});
