import type { Page } from '@playwright/test';
import { expect } from './app.ts';
import { expectFocus, tabTo } from './focus.ts';
import { revokeButton } from './revocation.ts';

/** A button by all of its name. */
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
/** A heading by all of its text. */
export const heading = (page: Page, name: string, level = 2) =>
  page.getByRole('heading', { name, level, exact: true });

/** Goes there by Tab and presses it. */
export async function press(page: Page, name: string | RegExp, { back = false } = {}): Promise<void> {
  await tabTo(button(page, name), { back });
  await page.keyboard.press('Enter');
}

/** From the review of many users to the run: the reason, the phrase, the button. */
export async function confirmByKeys(page: Page, reason: string): Promise<void> {
  const { keyboard } = page;
  await expectFocus(heading(page, 'Review'));
  await expect(button(page, 'Continue to confirm')).toBeEnabled();
  await press(page, 'Continue to confirm');
  await expectFocus(heading(page, 'Confirm'));
  await tabTo(page.getByLabel('Reason'));
  await keyboard.type(reason);
  const phrase = page.getByLabel(/Type “.+” to confirm/);
  const asked = page.locator('label').getByText(/Type “.+” to confirm/);
  await tabTo(phrase);
  await keyboard.type(/“(.+)”/.exec((await asked.textContent()) ?? '')?.[1] ?? '');
  await tabTo(revokeButton(page));
  await keyboard.press('Enter');
}
