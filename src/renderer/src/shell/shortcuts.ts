import { VIEWS } from '../stores/navigation.ts';
import { DECISIONS } from '../views/revoke/review-actions.ts';

interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly { readonly what: string; readonly keys: readonly string[] }[];
}

/** Everything on the help sheet; `mod` is Ctrl, or ⌘ on a Mac. */
export const SHORTCUT_GROUPS: readonly ShortcutGroup[] = [
  {
    title: 'Go to',
    shortcuts: VIEWS.map((view) => ({ what: view.title, keys: view.keys })),
  },
  {
    title: 'Anywhere',
    shortcuts: [
      { what: 'Find a command, setting, run or user', keys: ['mod', 'K'] },
      { what: 'This help', keys: ['?'] },
      { what: 'Close a dialog or menu', keys: ['Esc'] },
    ],
  },
  {
    title: 'In tables',
    shortcuts: [
      { what: 'Next or previous row', keys: ['↑', '↓'] },
      { what: 'First or last row', keys: ['Home', 'End'] },
      { what: 'A page up or down', keys: ['PgUp', 'PgDn'] },
      { what: 'Select or deselect the row', keys: ['Space'] },
      { what: 'Select a range', keys: ['shift', '↓'] },
      { what: 'Select all', keys: ['mod', 'A'] },
      { what: 'Copy the selection', keys: ['mod', 'C'] },
      { what: 'Details of the row, or its page', keys: ['Enter'] },
      { what: 'Menu of the row', keys: ['shift', 'F10'] },
      { what: 'Close the details, clear the selection', keys: ['Esc'] },
    ],
  },
  {
    title: 'In the review, with the rows selected',
    shortcuts: DECISIONS.map(({ label, shortcut }) => ({
      what: label,
      keys: [shortcut === 'Delete' ? 'Del' : shortcut.toUpperCase()],
    })),
  },
];
