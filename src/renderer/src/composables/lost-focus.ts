import { nextTick } from 'vue';

/** Whether what had the focus is gone or disabled, so that the next key goes nowhere. */
export const focusIsLost = (): boolean =>
  document.activeElement === null ||
  document.activeElement === document.body ||
  document.activeElement.matches(':disabled');

/** After the redraw that is due: what follows gets the focus, if its former place was lost by that. */
export async function catchFocus(next: () => HTMLElement | null | undefined): Promise<void> {
  await nextTick();
  if (focusIsLost()) next()?.focus();
}
