import { Menu, type MenuItemConstructorOptions } from 'electron';
import { HELP_PAGES } from '../../shared/help-pages.ts';
import type { Connection, SessionState } from '../../shared/connection.ts';
import type { CommandId, MenuCommand, ViewName } from '../../shared/commands.ts';
import { SETTINGS } from '../../shared/settings-list.ts';

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
  /** What needs a token can be chosen only with one; the other connections can be switched to. */
  show(session: SessionState, connections: readonly Connection[]): void;
}

/** The native menu: every command of the window's palette, with the same keys; runs and people are in the window alone. */
export function installMenu(send: (command: MenuCommand) => void, developing: boolean): ApplicationMenu {
  let shown = '';
  const show: ApplicationMenu['show'] = (session, connections) => {
    const current = session.kind === 'signed-in' ? session.connection.id : null;
    const others = connections.filter(({ id }) => id !== current);
    // A menu that is made anew closes, should the person have it open.
    const next = JSON.stringify([current !== null, ...others.map(({ id, label }) => [id, label])]);
    if (next === shown) return;
    shown = next;
    Menu.setApplicationMenu(Menu.buildFromTemplate(template(send, developing, current !== null, others)));
  };
  show({ kind: 'signed-out' }, []);
  return { show };
}

const separator = { type: 'separator' } as const;

// Long: the menu as it is shown, entry by entry.
function template(
  send: (command: MenuCommand) => void,
  developing: boolean,
  signedIn: boolean,
  connections: readonly Connection[],
): MenuItemConstructorOptions[] {
  const isMac = process.platform === 'darwin';
  const item = (id: CommandId, label: string): MenuItemConstructorOptions => ({
    id,
    label,
    enabled: signedIn || !SIGNED_IN.has(id),
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
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        item('connect', 'Sign in to an organization…'),
        {
          label: 'Switch to',
          enabled: connections.length > 0,
          submenu: connections.map(({ id, label }) => item(`connection-${id}`, plainLabel(label))),
        },
        item('sign-out', 'Sign out'),
        separator,
        { ...settings, label: 'Settings…' },
        { label: 'Go to setting', submenu: SETTINGS.map(({ id, title }) => item(`setting-${id}`, title)) },
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
        {
          id: 'keyboard-help',
          label: 'Keyboard shortcuts',
          // Only shown: taken by the menu, the key could no longer be typed. On a Mac it cannot be shown alone.
          // https://www.electronjs.org/docs/latest/api/menu-item
          ...(!isMac && { accelerator: '?', registerAccelerator: false }),
          click: () => send({ kind: 'keyboard-help' }),
        },
      ],
    },
  ];
}

/** A menu takes the letter after an & for a key, and && for the character. */
const plainLabel = (label: string): string => label.replaceAll('&', '&&');
