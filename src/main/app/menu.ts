import { Menu, type MenuItemConstructorOptions } from 'electron';
import { HELP_PAGES } from '../../shared/help-pages.ts';
import type { CommandId, MenuCommand, ViewName } from '../../shared/ipc.ts';

const VIEWS: readonly (readonly [ViewName, string, string])[] = [
  ['token', 'Token', 'CmdOrCtrl+1'],
  ['revoke', 'Revoke', 'CmdOrCtrl+2'],
  ['runs', 'Runs', 'CmdOrCtrl+3'],
  ['timeout', 'Idle timeout', 'CmdOrCtrl+4'],
  ['settings', 'Settings', 'CmdOrCtrl+,'],
];

/** Commands that need somebody signed in. */
const SIGNED_IN: ReadonlySet<CommandId> = new Set<CommandId>(['verify', 'refresh', 'sign-out']);

export interface ApplicationMenu {
  /** What needs a token can be chosen only with one. */
  setSignedIn(signedIn: boolean): void;
}

/** The native menu: every command of the window's palette that is always there, with the same keys. */
export function installMenu(send: (command: MenuCommand) => void, developing: boolean): ApplicationMenu {
  const isMac = process.platform === 'darwin';
  const separator = { type: 'separator' } as const;
  const item = (id: CommandId, label: string): MenuItemConstructorOptions => ({
    id,
    label,
    enabled: !SIGNED_IN.has(id),
    click: () => send({ kind: 'command', id }),
  });
  const [settings, ...views] = VIEWS.toReversed().map(
    ([view, label, accelerator]): MenuItemConstructorOptions => ({
      id: `view-${view}`,
      label,
      accelerator,
      click: () => send({ kind: 'show-view', view }),
    }),
  );
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        item('connect', 'Sign in to an organization…'),
        item('sign-out', 'Sign out'),
        separator,
        { ...settings, label: 'Settings…' },
        separator,
        // Without it Cmd+W does nothing on a Mac; elsewhere the last window's end is the app's.
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        ...views.toReversed(),
        separator,
        {
          id: 'palette',
          label: 'Command palette',
          accelerator: 'CmdOrCtrl+K',
          click: () => send({ kind: 'palette' }),
        },
        {
          label: 'Theme',
          submenu: [
            item('theme-system', 'Follow the system'),
            item('theme-light', 'Light'),
            item('theme-dark', 'Dark'),
          ],
        },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(developing ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
    {
      label: '&Token',
      submenu: [
        item('verify', 'Verify the token'),
        item('refresh', 'Refresh what is known about it'),
        separator,
        item('triage', 'Inspect another token…'),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        ...HELP_PAGES.map(({ id, title }) => item(`runbook-${id}`, title)),
        separator,
        { id: 'keyboard-help', label: 'Keyboard shortcuts', click: () => send({ kind: 'keyboard-help' }) },
      ],
    },
  ];
  const menu = Menu.buildFromTemplate(template);
  Menu.setApplicationMenu(menu);
  return {
    setSignedIn: (signedIn) => {
      for (const id of SIGNED_IN) {
        const found = menu.getMenuItemById(id);
        if (found) found.enabled = signedIn;
      }
    },
  };
}

/** Cut, copy and paste where one can write, copy where text is marked; a table has a menu of its own in the window. */
export function contextMenuOf(params: {
  readonly isEditable: boolean;
  readonly selectionText: string;
  readonly editFlags: Readonly<Record<'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll', boolean>>;
}): MenuItemConstructorOptions[] {
  const { isEditable, selectionText, editFlags } = params;
  if (isEditable)
    return [
      { role: 'cut', enabled: editFlags.canCut },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', enabled: editFlags.canSelectAll },
    ];
  return selectionText.trim() === '' ? [] : [{ role: 'copy', enabled: editFlags.canCopy }];
}
