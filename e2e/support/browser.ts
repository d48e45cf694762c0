import { request } from 'node:http';
import type { ElectronApplication } from '@playwright/test';
import { expect, type Simulator } from './app.ts';

/** From now on main opens no browser: the addresses are kept for `openedAddress`. */
export async function catchBrowser(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url: string) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
}

/** The address that main opened last, each one once. */
export async function openedAddress(app: ElectronApplication): Promise<URL> {
  const found: string[] = [];
  await expect
    .poll(async () => {
      const address = await app.evaluate(
        () => (globalThis as unknown as { opened: string[] }).opened.pop() ?? null,
      );
      if (address !== null) found.push(address);
      return found.length;
    })
    .toBe(1);
  return new URL(found[0] ?? '');
}

/** Looks at the login page as the person would, decides there, and says where that sends the browser. */
export async function decide(address: URL, decision: 'allow' | 'deny', userId: string): Promise<URL> {
  const page = await fetch(address);
  expect(await page.text()).toContain('name="decision"');
  const form = new URLSearchParams(address.search);
  form.set('decision', decision);
  form.set('user', userId);
  const answer = await fetch(address.origin + address.pathname, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return new URL(answer.headers.get('location') ?? '');
}

/** The browser comes back. @returns the page it is shown, or null when nobody listens */
export function comeBack(to: URL): Promise<{ readonly status: number; readonly text: string } | null> {
  return new Promise((resolve) => {
    const asked = request(to, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', () => resolve(null));
    asked.end();
  });
}

/** Signs in as that user: allows, and comes back. */
export async function allowInBrowser(
  app: ElectronApplication,
  simulator: Simulator,
  userId = simulator.userId,
) {
  return comeBack(await decide(await openedAddress(app), 'allow', userId));
}
