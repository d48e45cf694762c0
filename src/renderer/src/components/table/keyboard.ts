type Step = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

export type GridAction =
  | { readonly kind: 'move'; readonly step: Step; readonly extend: boolean }
  | { readonly kind: 'toggle'; readonly extend: boolean }
  | { readonly kind: 'select-all' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'details' }
  | { readonly kind: 'menu' }
  | { readonly kind: 'clear' };

interface Keys {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Home: 'first',
  End: 'last',
};

/** @returns what the key means in the grid, or null when it is not the grid's. */
export function gridAction(event: Keys): GridAction | null {
  if (event.altKey) return null;
  const step = STEPS[event.key];
  if (step) return { kind: 'move', step, extend: event.shiftKey };
  if (event.ctrlKey || event.metaKey) {
    if (event.shiftKey) return null;
    const letter = event.key.toLowerCase();
    if (letter === 'a') return { kind: 'select-all' };
    return letter === 'c' ? { kind: 'copy' } : null;
  }
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) return { kind: 'menu' };
  if (event.key === ' ') return { kind: 'toggle', extend: event.shiftKey };
  if (event.key === 'Enter') return { kind: 'details' };
  return event.key === 'Escape' ? { kind: 'clear' } : null;
}

/**
 * @param position the active position, or null when none is yet
 * @param page rows that fit the view
 * @returns the position to go to, within 0 … count − 1; null when there is no row
 */
export function destination(step: Step, position: number | null, count: number, page: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  if (step === 'first') return 0;
  if (step === 'last') return last;
  if (position === null) return step === 'up' || step === 'page-up' ? last : 0;
  const distance = step === 'up' || step === 'down' ? 1 : Math.max(1, page - 1);
  const moved = step === 'up' || step === 'page-up' ? position - distance : position + distance;
  return Math.min(last, Math.max(0, moved));
}
