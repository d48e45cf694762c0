import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand, ViewName } from '../../shared/ipc.ts';

const VIEWS: readonly (readonly [ViewName, string, string])[] = [
  ['token', 'Token', 'CmdOrCtrl+1'],
  ['revoke', 'Revoke', 'CmdOrCtrl+2'],
  ['runs', 'Runs', 'CmdOrCtrl+3'],
  ['timeout', 'Idle timeout', 'CmdOrCtrl+4'],
  ['settings', 'Settings', 'CmdOrCtrl+,'],
];

/** The native menu: the same commands, with the same keys, as the window's palette. */
export function installMenu(send: (command: MenuCommand) => void, developing: boolean): void {
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : [{ label: '&File', submenu: [{ role: 'quit' } as const] }]),
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        ...VIEWS.map(([view, label, accelerator]) => ({
          id: `view-${view}`,
          label,
          accelerator,
          click: () => send({ kind: 'show-view', view }),
        })),
        { type: 'separator' },
        {
          id: 'palette',
          label: 'Command palette',
          accelerator: 'CmdOrCtrl+K',
          click: () => send({ kind: 'palette' }),
        },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(developing ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { id: 'keyboard-help', label: 'Keyboard shortcuts', click: () => send({ kind: 'keyboard-help' }) },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
