import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const { opened, app } = vi.hoisted(() => ({ opened: [] as string[], app: { isPackaged: false } }));
vi.mock('electron', () => ({
  app,
  shell: {
    openExternal: (url: string) => {
      opened.push(url);
      return Promise.resolve();
    },
  },
}));

const { createDocumentation, createLoginPages, openLoginPage } = await import('./browser.ts');

const LOGIN = 'https://login.mypurecloud.de';

beforeEach(() => {
  opened.length = 0;
  app.isPackaged = false;
});

describe('openLoginPage', () => {
  it('opens the login page of the region', async () => {
    await openLoginPage(`${LOGIN}/oauth/authorize?client_id=1`, LOGIN);
    await openLoginPage('https://gw.example.com/login/oauth/authorize?x', 'https://gw.example.com/login');
    expect(opened).toEqual([
      `${LOGIN}/oauth/authorize?client_id=1`,
      'https://gw.example.com/login/oauth/authorize?x',
    ]);
  });

  it.each([
    ['another host', 'https://login.example.com/oauth/authorize'],
    ['a host that only begins the same', `${LOGIN}.example.com/oauth/authorize`],
    ['another path', `${LOGIN}/logout`],
    ['plain http', 'http://login.mypurecloud.de/oauth/authorize'],
    ['a user name', 'https://login.mypurecloud.de@example.com/oauth/authorize'],
    ['a file', 'file:///etc/passwd'],
    ['a program', 'javascript:alert(1)'],
    ['no address', 'login'],
  ])('refuses %s', async (_what, address) => {
    await expect(openLoginPage(address, LOGIN)).rejects.toThrow('not opened');
    expect(opened).toEqual([]);
  });

  it('opens plain http on this computer only, and never once packaged', async () => {
    const base = 'http://127.0.0.1:4000';
    await openLoginPage(`${base}/oauth/authorize?a`, base);
    expect(opened).toHaveLength(1);
    app.isPackaged = true;
    await expect(openLoginPage(`${base}/oauth/authorize?a`, base)).rejects.toThrow('not opened');
  });

  it('never opens anything beside that page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.string().map((end) => LOGIN + end),
        ),
        async (address) => {
          opened.length = 0;
          await openLoginPage(address, LOGIN).catch(() => undefined);
          for (const url of opened) expect(url.startsWith(`${LOGIN}/oauth/authorize`)).toBe(true);
        },
      ),
    );
  });
});

it('opens documentation of Genesys and nothing else', () => {
  const openDocumentation = createDocumentation({ monotonic: () => 0 });
  openDocumentation('https://help.genesys.cloud/articles/x/');
  openDocumentation('http://help.genesys.cloud/');
  openDocumentation('https://example.com/');
  expect(opened).toEqual(['https://help.genesys.cloud/articles/x/']);
});

it('does not open a page of the documentation for each of 21 requests', () => {
  let now = 0;
  const openDocumentation = createDocumentation({ monotonic: () => now });
  for (let n = 0; n < 21; n += 1) openDocumentation(`https://help.genesys.cloud/articles/${n}/`);
  expect(opened).toHaveLength(1);
  now = 3_000;
  openDocumentation('https://help.genesys.cloud/');
  expect(opened).toHaveLength(2);
});

describe('createLoginPages', () => {
  const address = `${LOGIN}/oauth/authorize?client_id=1`;

  it('opens one page at a time', async () => {
    let now = 0;
    const pages = createLoginPages({ monotonic: () => now }, 120_000);
    const tries = await Promise.allSettled(Array.from({ length: 21 }, () => pages.open(address, LOGIN)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(opened).toHaveLength(1);
    expect(pages.waiting()).toBe('login.mypurecloud.de');
    now = 120_000;
    expect(pages.waiting()).toBeNull();
    await pages.open(address, LOGIN);
    expect(opened).toHaveLength(2);
  });

  it('opens the page that is waited for again, not in a flood, and only while it is', async () => {
    let now = 0;
    const pages = createLoginPages({ monotonic: () => now }, 120_000);
    expect(() => pages.address()).toThrow('No login page');
    await pages.open(address, LOGIN);
    expect(pages.address()).toBe(address);
    await expect(pages.openAgain()).rejects.toThrow('a moment ago');
    for (let n = 0; n < 21; n += 1) {
      now += 3_000;
      await pages.openAgain().catch(() => undefined);
    }
    expect(opened).toEqual(Array(6).fill(address));
    now = 120_000;
    await expect(pages.openAgain()).rejects.toThrow('No login page');
    expect(() => pages.address()).toThrow('No login page');
  });

  it('waits for no page that did not open', async () => {
    const pages = createLoginPages({ monotonic: () => 0 }, 120_000);
    await expect(pages.open('https://example.com/', LOGIN)).rejects.toThrow('not opened');
    expect(pages.waiting()).toBeNull();
    await pages.open(address, LOGIN);
    pages.forget();
    await pages.open(address, LOGIN);
    expect(opened).toHaveLength(2);
  });
});
