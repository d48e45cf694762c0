import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { effectScope, type EffectScope } from 'vue';
import { useFocusRestore } from './use-focus-restore.ts';

const PAGE = `
  <main>
    <h1 tabindex="-1">Settings</h1>
    <section>
      <h2>Protected users</h2>
      <ul><li><button id="remove">Remove</button></li></ul>
    </section>
    <button id="alone">Alone</button>
  </main>`;

let scope: EffectScope;
const element = (selector: string): HTMLElement =>
  document.querySelector<HTMLElement>(selector) as HTMLElement;
/** The observer speaks in a microtask, and the focus moves with the next frame. */
const redraw = async (): Promise<void> => {
  await Promise.resolve();
  await new Promise(requestAnimationFrame);
};

beforeEach(() => {
  document.body.innerHTML = PAGE;
  scope = effectScope();
  scope.run(useFocusRestore);
});
afterEach(() => {
  scope.stop();
});

describe('keeping the focus', () => {
  it('goes to the heading of the section when the button is gone', async () => {
    element('#remove').focus();
    element('li').remove();
    await redraw();
    expect(document.activeElement).toBe(element('h2'));
  });

  it('goes to the heading of the view when the whole section is gone', async () => {
    element('#remove').focus();
    element('section').remove();
    await redraw();
    expect(document.activeElement).toBe(element('h1'));
  });

  it('goes back to a button that was only disabled for a while', async () => {
    const button = element('#remove') as HTMLButtonElement;
    button.focus();
    button.disabled = true;
    await redraw();
    expect(document.activeElement).toBe(element('h2'));
    button.disabled = false;
    await redraw();
    expect(document.activeElement).toBe(button);
  });

  it('leaves the focus where somebody has put it meanwhile', async () => {
    element('#remove').focus();
    element('li').remove();
    element('#alone').focus();
    await redraw();
    expect(document.activeElement).toBe(element('#alone'));
  });

  it('takes nothing back from a press on empty ground', async () => {
    element('#remove').focus();
    window.dispatchEvent(new Event('pointerdown'));
    element('#remove').blur();
    element('li').remove();
    await redraw();
    expect(document.activeElement).toBe(document.body);
  });

  it('ends with its scope', async () => {
    element('#remove').focus();
    scope.stop();
    element('li').remove();
    await redraw();
    expect(document.activeElement).toBe(document.body);
  });
});
