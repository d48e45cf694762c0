import { test } from '@playwright/test';
import type { RunningApp } from './app.ts';
import { everAsked } from './dialogs.ts';

interface Act {
  /** A press of the mouse or of a key that does something; something filled in; a key that only moves on. */
  readonly kind: 'press' | 'field' | 'move';
  readonly what: string;
}

declare global {
  interface Window {
    /** What the person has done in the window since it is counted. */
    did?: Act[];
  }
}

/** What it took to get somewhere. */
export interface Interactions {
  readonly presses: number;
  /** Fields filled in, pastes and drops. */
  readonly fields: number;
  /** Presses and fields, in words. */
  readonly words: string;
  /** Questions of main that were answered. */
  readonly dialogs: number;
  /** Keys that only move the focus. */
  readonly moves: number;
}

/**
 * Runs in the window. A press of the mouse is one, as is a key that does something; a field that is filled in is one,
 * however many letters it takes; keys that only move on are told apart.
 */
const watchPerson = (): void => {
  const first = window.did === undefined;
  const did: Act[] = [];
  window.did = did;
  if (!first) return;
  const MOVES = [
    'Tab',
    'ArrowUp',
    'ArrowDown',
    'ArrowLeft',
    'ArrowRight',
    'Home',
    'End',
    'PageUp',
    'PageDown',
  ];
  const BARE = ['Shift', 'Control', 'Alt', 'Meta'];
  let typedInto: EventTarget | null = null;
  const say = (kind: Act['kind'], what: string): void => void window.did?.push({ kind, what });
  const nameOf = (target: EventTarget | null): string => {
    if (!(target instanceof Element)) return 'nothing';
    const one =
      target.closest('button, a, label, summary, [role=option], [role=menuitem], [role=row]') ?? target;
    const label = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : undefined;
    const name = one.getAttribute('aria-label') ?? label ?? one.textContent;
    return name.trim().replace(/\s+/g, ' ').slice(0, 50);
  };
  const isText = (target: EventTarget | null): boolean =>
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type));
  addEventListener(
    'pointerdown',
    (event) => {
      if (!event.isTrusted) return;
      typedInto = null;
      say('press', `“${nameOf(event.target)}”`);
    },
    true,
  );
  addEventListener(
    'keydown',
    (event) => {
      const { key, target, ctrlKey, metaKey, altKey } = event;
      if (BARE.includes(key)) return;
      const typing =
        isText(target) && !ctrlKey && !metaKey && !altKey && (key.length === 1 || key === 'Backspace');
      const newLine = target instanceof HTMLTextAreaElement && key === 'Enter' && !ctrlKey;
      if (typing || newLine) return;
      if (MOVES.includes(key)) {
        say('move', key);
        return;
      }
      typedInto = null;
      say(
        'press',
        `${ctrlKey || metaKey ? 'Ctrl+' : ''}${key === ' ' ? 'Space' : key} on “${nameOf(target)}”`,
      );
    },
    true,
  );
  addEventListener(
    'input',
    (event) => {
      if (!isText(event.target) || event.target === typedInto) return;
      typedInto = event.target;
      say('field', `fill in “${nameOf(event.target)}”`);
    },
    true,
  );
  for (const type of ['paste', 'drop'] as const) addEventListener(type, () => say('field', type), true);
};

/**
 * Counts what a person does in that window from now on, in place of what was counted there before. Presses and fields are
 * told apart, as they were when the days were counted by hand.
 */
export async function countInteractions({ page, electron }: Pick<RunningApp, 'page' | 'electron'>): Promise<{
  /** Tells the count, in the output and in the report of the tests. */
  readonly told: (scenario: string) => Promise<Interactions>;
}> {
  await page.evaluate(watchPerson);
  const before = (await everAsked(electron)).length;
  return {
    told: async (scenario) => {
      const all = await page.evaluate(() => window.did ?? []);
      const count = (wanted: Act['kind']): number => all.filter(({ kind }) => kind === wanted).length;
      const interactions = {
        presses: count('press'),
        fields: count('field'),
        moves: count('move'),
        dialogs: (await everAsked(electron)).length - before,
        words: all.flatMap(({ kind, what }) => (kind === 'move' ? [] : [what])).join(', '),
      };
      tell(scenario, interactions);
      return interactions;
    },
  };
}

function tell(scenario: string, { presses, fields, dialogs, moves, words }: Interactions): void {
  const description = [
    `${presses} + ${fields} (${words})`,
    ...(dialogs > 0 ? [`${dialogs} in the system’s dialogs`] : []),
    ...(moves > 0 ? [`${moves} keys that only move on`] : []),
  ].join('; ');
  test.info().annotations.push({ type: `interactions: ${scenario}`, description });
  process.stdout.write(`Interactions, ${scenario}: ${description}\n`);
}
