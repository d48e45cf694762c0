import { hasMod } from './keys.ts';
import { useListener } from './use-listener.ts';

interface Shortcut {
  /** The key as `KeyboardEvent.key` names it, e.g. `k`, `?`, `F5`. */
  readonly key: string;
  /** Ctrl, or ⌘ on a Mac. Without it the shortcut is off while somebody types. */
  readonly mod?: boolean;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** Whether a dialog is open, which must be answered before anything else happens. */
export const dialogIsOpen = (): boolean =>
  document.querySelector('[role=dialog], [role=alertdialog]') !== null;

/** Runs `action` on a chord anywhere in the window, while no dialog is open. */
export function useShortcut({ key, mod = false }: Shortcut, action: () => void): void {
  useListener('keydown', (event) => {
    if (event.defaultPrevented || event.key.toLowerCase() !== key.toLowerCase()) return;
    if (mod ? !hasMod(event) : event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
      return;
    if (dialogIsOpen()) return;
    event.preventDefault();
    action();
  });
}
