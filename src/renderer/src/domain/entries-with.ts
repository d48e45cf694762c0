import type { DirectoryEntry } from '../../../shared/directory.ts';
import { plainForm } from './plain-form.ts';

/** Entries of a kind that are offered. */
export const ENTRIES = 5;
/** Entries of a kind for whoever looks around without typing. */
const BROWSED = 50;

/** The entries whose names hold every word of the text, those that begin with it first. */
export function entriesWith(entries: readonly DirectoryEntry[], text: string): readonly DirectoryEntry[] {
  const whole = plainForm(text.trim());
  const words = whole.split(/\s+/).filter(Boolean);
  // Nothing typed: whoever asks for everything wants to look around.
  if (words.length === 0) return entries.slice(0, BROWSED);
  return entries
    .map((entry) => ({ entry, name: plainForm(entry.name) }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .sort((a, b) => Number(b.name.startsWith(whole)) - Number(a.name.startsWith(whole)))
    .map(({ entry }) => entry)
    .slice(0, ENTRIES);
}
