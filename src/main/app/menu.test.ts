import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { HELP_PAGES } from '../../shared/help-pages.ts';
import type { Connection, SessionState } from '../../shared/connection.ts';
import type { MenuCommand } from '../../shared/commands.ts';
import { SETTINGS } from '../../shared/settings-list.ts';

let template: MenuItemConstructorOptions[] = [];
let installed = 0;
vi.mock('electron', () => ({
  Menu: {
    buildFromTemplate: (given: MenuItemConstructorOptions[]) => given,
    setApplicationMenu: (given: MenuItemConstructorOptions[]) => {
      template = given;
      installed += 1;
    },
  },
}));
const { installMenu } = await import('./menu.ts');

const flat = (items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

function install(platform: NodeJS.Platform) {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
  const sent: MenuCommand[] = [];
  const menu = installMenu((command) => sent.push(command), false);
  const items = (): readonly MenuItemConstructorOptions[] => flat(template);
  const click = (id: string): void => {
    (items().find((item) => item.id === id)?.click as (() => void) | undefined)?.();
  };
  return { menu, items, sent, click };
}

describe('the menu bar', () => {
  it('has every command that is always in the palette, each sending it', () => {
    const { items, sent, click } = install('linux');
    const ids = items().flatMap(({ id }) => id ?? []);
    expect(ids).toEqual([
      'connect',
      'sign-out',
      'view-settings',
      ...SETTINGS.map(({ id }) => `setting-${id}`),
      'view-token',
      'view-revoke',
      'view-runs',
      'view-timeout',
      'palette',
      'theme-system',
      'theme-light',
      'theme-dark',
      'verify',
      'refresh',
      'triage',
      ...HELP_PAGES.map(({ id }) => `runbook-${id}`),
      'keyboard-help',
    ]);
    for (const id of ids) click(id);
    expect(sent).toHaveLength(ids.length);
    expect(sent.slice(0, 4)).toEqual([
      { kind: 'command', id: 'connect' },
      { kind: 'command', id: 'sign-out' },
      { kind: 'show-view', view: 'settings' },
      { kind: 'command', id: 'setting-theme' },
    ]);
  });

  it('has the keys of the window, each once', () => {
    const items = install('linux').items();
    const taken = items.flatMap(({ accelerator, registerAccelerator }) =>
      accelerator && registerAccelerator !== false ? [accelerator] : [],
    );
    expect(taken.toSorted()).toEqual(
      ['CmdOrCtrl+,', 'CmdOrCtrl+1', 'CmdOrCtrl+2', 'CmdOrCtrl+3', 'CmdOrCtrl+4', 'CmdOrCtrl+K'].toSorted(),
    );
    // Shown, and left to the window: it must not be taken from whoever types it.
    expect(items.find(({ id }) => id === 'keyboard-help')).toMatchObject({ accelerator: '?' });
  });

  it.each([
    ['darwin', ['appMenu', 'close', 'editMenu', 'windowMenu', 'help'], 'quit'],
    ['win32', ['quit', 'editMenu', 'windowMenu', 'help'], 'close'],
  ] as const)('on %s: File > Close on a Mac, Quit elsewhere, and Help', (platform, has, hasNot) => {
    const roles = install(platform)
      .items()
      .flatMap(({ role }) => role ?? []);
    for (const role of has) expect(roles).toContain(role);
    expect(roles).not.toContain(hasNot);
    expect(roles).not.toContain('toggleDevTools');
  });

  const connection = (id: string, label: string): Connection => ({
    id,
    label,
    method: 'client-credentials',
    region: { kind: 'genesys', id: 'eu-central-1' },
    clientId: 'client',
    organization: { id: 'org', name: 'Org' },
    createdAt: '2026-01-05T09:00:00Z',
  });
  const night = connection('night', 'Night & day');
  const day = connection('day', 'Day');
  const signedIn = { kind: 'signed-in', connection: day } as SessionState;

  it('offers what needs a token only with one', () => {
    const { menu, items } = install('linux');
    const disabled = (): readonly unknown[] =>
      items().flatMap(({ enabled, id, label }) => (enabled === false ? [id ?? label] : []));
    expect(disabled()).toEqual(['Switch to', 'sign-out', 'verify', 'refresh']);
    menu.show(signedIn, [night, day]);
    expect(disabled()).toEqual([]);
  });

  it('switches to every connection but the one in use, by its own name', () => {
    const { menu, items, sent, click } = install('linux');
    const offered = (): readonly unknown[] =>
      items().flatMap(({ id, label }) => (id?.startsWith('connection-') ? [[id, label]] : []));
    menu.show({ kind: 'signed-out' }, [night, day]);
    expect(offered()).toEqual([
      ['connection-night', 'Night && day'],
      ['connection-day', 'Day'],
    ]);
    menu.show(signedIn, [night, day]);
    expect(offered()).toEqual([['connection-night', 'Night && day']]);
    click('connection-night');
    expect(sent).toEqual([{ kind: 'command', id: 'connection-night' }]);
  });

  it('is made anew only when something in it changes, since an open one closes then', () => {
    const { menu } = install('linux');
    menu.show(signedIn, [night, day]);
    const before = installed;
    menu.show({ ...signedIn }, [night, day]);
    expect(installed).toBe(before);
    menu.show(signedIn, [{ ...night, label: 'Renamed' }, day]);
    expect(installed).toBe(before + 1);
  });
});
