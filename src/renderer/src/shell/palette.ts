import type { Component } from 'vue';
import { plainForm } from '../domain/plain-form.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** Other words by which people look for it. */
  readonly also?: string;
  readonly icon: Component;
  readonly keys?: readonly string[];
  readonly run: () => void;
}

/** How well a command fits: 0 is not at all; the beginning of the title beats the beginning of a word beats the rest. */
function fit(command: Command, terms: readonly string[]): number {
  const title = plainForm(command.title);
  const all = `${title} ${plainForm(`${command.group} ${command.also ?? ''}`)}`;
  if (!terms.every((term) => all.includes(term))) return 0;
  const first = terms[0] ?? '';
  if (title.startsWith(first)) return 3;
  return ` ${title}`.includes(` ${first}`) ? 2 : 1;
}

/** The commands in which every word of the query occurs, best first, otherwise in their own order. */
export function findCommands(commands: readonly Command[], query: string): readonly Command[] {
  const terms = plainForm(query).split(/\s+/).filter(Boolean);
  if (terms.length === 0) return commands;
  return commands
    .map((command) => ({ command, score: fit(command, terms) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}
