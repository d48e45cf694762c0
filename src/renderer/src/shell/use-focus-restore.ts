import { onScopeDispose } from 'vue';
import { focusIsLost } from '../composables/lost-focus.ts';
import { useListener } from '../composables/use-listener.ts';

const isUsable = (element: Element): boolean => element.isConnected && !element.matches(':disabled');

function pathOf(element: Element): readonly Element[] {
  const path: Element[] = [];
  for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) path.push(at);
  return path;
}

/** The heading nearest to where the element was: of its section, of its view. */
function headingNear(path: readonly Element[]): HTMLElement | null {
  for (const ancestor of path) {
    if (!ancestor.isConnected) continue;
    const heading = ancestor.querySelector<HTMLElement>('h1, h2, h3, h4');
    if (heading) return heading;
  }
  return document.querySelector<HTMLElement>('main h1');
}

/**
 * Where a button that was just pressed vanishes or is disabled, a browser leaves the focus on nothing. What a view does
 * about it itself comes first; otherwise the nearest heading takes the focus, and gives it back to a button that was
 * only disabled for a while.
 */
export function useFocusRestore(): void {
  let path: readonly Element[] = [];
  let parkedOn: HTMLElement | null = null;
  let byPointer = false;
  let frame: number | null = null;

  useListener('pointerdown', () => {
    byPointer = true;
    // A press on empty ground takes the focus away on purpose.
    path = [];
  });
  useListener('keydown', () => {
    byPointer = false;
  });
  useListener('focusin', ({ target }) => {
    if (target === parkedOn || !(target instanceof Element)) return;
    parkedOn = null;
    path = pathOf(target);
  });

  function check(): void {
    frame = null;
    const [element] = path;
    if (!element) return;
    if (parkedOn && document.activeElement === parkedOn) {
      if (isUsable(element) && element instanceof HTMLElement) element.focus({ preventScroll: true });
      return;
    }
    if (!focusIsLost() || isUsable(element)) return;
    parkedOn = headingNear(path);
    if (parkedOn && !parkedOn.hasAttribute('tabindex')) parkedOn.tabIndex = -1;
    // Whoever uses the pointer looks where it is: nothing must jump away from there.
    parkedOn?.focus({ preventScroll: byPointer });
  }

  const observer = new MutationObserver(() => {
    frame ??= requestAnimationFrame(check);
  });
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  onScopeDispose(() => {
    observer.disconnect();
    if (frame !== null) cancelAnimationFrame(frame);
  });
}
