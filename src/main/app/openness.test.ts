import { beforeEach, expect, it, vi } from 'vitest';

const app = { isPackaged: false };
vi.mock('electron', () => ({ app, shell: {} }));
const { isOpenToTests } = await import('./openness.ts');
const { hostOverride } = await import('./environment.ts');

beforeEach(() => {
  vi.stubEnv('TOKENDESK_API_BASE', 'http://127.0.0.1:9');
  vi.stubEnv('TOKENDESK_LOGIN_BASE', 'http://127.0.0.1:9');
});

it('a program that is developed is open to tests, and a packaged one is not', () => {
  app.isPackaged = false;
  expect(isOpenToTests()).toBe(true);
  expect(hostOverride()).not.toBeNull();
  app.isPackaged = true;
  expect(isOpenToTests()).toBe(false);
  expect(hostOverride()).toBeNull();
});

it('the package that tests drive is open, and nobody else has that file', async () => {
  app.isPackaged = true;
  expect((await import('./openness.package-tests.ts')).isOpenToTests()).toBe(true);
});
