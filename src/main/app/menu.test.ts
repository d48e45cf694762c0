import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { HELP_PAGES } from '../../shared/help-pages.ts';
import type { MenuCommand } from '../../shared/ipc.ts';

let template: MenuItemConstructorOptions[] = [];
const found = new Map<string, { enabled: boolean }>();
vi.mock('electron', () => ({
  Menu: {
    buildFromTemplate: (given: MenuItemConstructorOptions[]) => {
      template = given;
      return {
        getMenuItemById: (id: string) => {
          const item = found.get(id) ?? { enabled: true };
          found.set(id, item);
          return item;
        },
      };
    },
    setApplicationMenu: vi.fn(),
  },
}));
const { contextMenuOf, installMenu } = await import('./menu.ts');

const flat = (items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

function install(platform: NodeJS.Platform) {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
  const sent: MenuCommand[] = [];
  const menu = installMenu((command) => sent.push(command), false);
  const items = flat(template);
  const click = (id: string): void => {
    (items.find((item) => item.id === id)?.click as (() => void) | undefined)?.();
  };
  return { menu, items, sent, click, top: template };
}

describe('the menu bar', () => {
  it('has every command that is always in the palette, each sending it', () => {
    const { items, sent, click } = install('linux');
    const ids = items.flatMap(({ id }) => id ?? []);
    expect(ids).toEqual([
      'connect',
      'sign-out',
      'view-settings',
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
      { kind: 'show-view', view: 'token' },
    ]);
  });

  it('has the keys of the window, each once', () => {
    const keys = install('linux').items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(keys.toSorted()).toEqual(
      ['CmdOrCtrl+,', 'CmdOrCtrl+1', 'CmdOrCtrl+2', 'CmdOrCtrl+3', 'CmdOrCtrl+4', 'CmdOrCtrl+K'].toSorted(),
    );
  });

  it.each([
    ['darwin', ['appMenu', 'close', 'editMenu', 'windowMenu', 'help'], 'quit'],
    ['win32', ['quit', 'editMenu', 'windowMenu', 'help'], 'close'],
  ] as const)('on %s: File > Close on a Mac, Quit elsewhere, and Help', (platform, has, hasNot) => {
    const roles = install(platform).items.flatMap(({ role }) => role ?? []);
    for (const role of has) expect(roles).toContain(role);
    expect(roles).not.toContain(hasNot);
    expect(roles).not.toContain('toggleDevTools');
  });

  it('offers what needs a token only with one', () => {
    const { menu, items } = install('linux');
    expect(items.filter(({ enabled }) => enabled === false).map(({ id }) => id)).toEqual([
      'sign-out',
      'verify',
      'refresh',
    ]);
    menu.setSignedIn(true);
    expect([...found].map(([id, { enabled }]) => [id, enabled])).toEqual([
      ['verify', true],
      ['refresh', true],
      ['sign-out', true],
    ]);
  });
});

describe('the context menu', () => {
  const editFlags = { canCut: false, canCopy: true, canPaste: true, canSelectAll: true };
  const roles = (params: { isEditable: boolean; selectionText: string }) =>
    contextMenuOf({ ...params, editFlags }).flatMap(({ role, enabled }) => (role ? [[role, enabled]] : []));

  it('cuts, copies and pastes in a field, as far as the field lets it', () => {
    expect(roles({ isEditable: true, selectionText: 'x' })).toEqual([
      ['cut', false],
      ['copy', true],
      ['paste', true],
      ['selectAll', true],
    ]);
  });

  it('copies text that is marked, and is not there otherwise', () => {
    expect(roles({ isEditable: false, selectionText: 'x' })).toEqual([['copy', true]]);
    expect(roles({ isEditable: false, selectionText: ' ' })).toEqual([]);
  });
});
