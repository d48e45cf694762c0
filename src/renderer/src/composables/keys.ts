const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac');

const MAC_NAMES: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↩' };
const OTHER_NAMES: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
};

/** What is printed on the keys of a chord; `mod` is Ctrl, or ⌘ on a Mac. */
export const keyNames = (keys: readonly string[]): readonly string[] =>
  keys.map((key) => (isMac ? MAC_NAMES : OTHER_NAMES)[key] ?? key);

/** A chord for screen readers, e.g. "Control K". */
export const spokenKeys = (keys: readonly string[]): string =>
  keys.map((key) => (key === 'mod' ? (isMac ? 'Command' : 'Control') : key)).join(' ');

/** Whether the platform's command modifier is held: ⌘ on a Mac, Ctrl elsewhere. */
export const hasMod = (event: KeyboardEvent): boolean =>
  isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;

/** A chord in the form of `aria-keyshortcuts`, e.g. "Control+K". */
export const ariaKeys = (keys: readonly string[]): string =>
  keys.map((key) => (key === 'mod' ? (isMac ? 'Meta' : 'Control') : key)).join('+');
