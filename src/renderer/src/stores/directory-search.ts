import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { DirectoryEntry, DirectoryNames, EntryKind, FoundPeople } from '../../../shared/directory.ts';
import type { AppError } from '../../../shared/result.ts';
import { call } from '../bridge.ts';
import { onConnectionChange } from './session.ts';

/** Wait after a key before asking, ms: at most one call a pause in typing. */
const PAUSE_MS = 150;
/** One letter finds half the org. */
const AT_LEAST = 2;
/** Texts whose people are remembered: going back over a few letters asks nobody again. */
const REMEMBERED = 40;
/** Entries of a kind that are offered. */
const ENTRIES = 5;
/** Entries of a kind for whoever looks around without typing. */
const BROWSED = 50;

export type PeopleAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | ({ readonly kind: 'found' } & FoundPeople)
  | { readonly kind: 'failed'; readonly error: AppError };

const NONE: PeopleAnswer = { kind: 'none' };

/** Lower case and without accents, so that "muller" finds "Müller". */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The entries whose names hold every word of the text, those that begin with it first. */
export function entriesWith(entries: readonly DirectoryEntry[], text: string): readonly DirectoryEntry[] {
  const whole = folded(text.trim());
  const words = whole.split(/\s+/).filter(Boolean);
  // Nothing typed: whoever asks for everything wants to look around.
  if (words.length === 0) return entries.slice(0, BROWSED);
  return entries
    .map((entry) => ({ entry, name: folded(entry.name) }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .sort((a, b) => Number(b.name.startsWith(whole)) - Number(a.name.startsWith(whole)))
    .map(({ entry }) => entry)
    .slice(0, ENTRIES);
}

/** People, groups, roles and divisions of the connection in use, found while somebody types. */
export const useDirectorySearchStore = defineStore('directory-search', () => {
  const names = shallowRef<DirectoryNames | null>(null);
  const reading = ref(false);
  let remembered = new Map<string, FoundPeople>();
  let generation = 0;

  onConnectionChange(() => {
    generation += 1;
    names.value = null;
    reading.value = false;
    remembered = new Map();
  });

  /** Reads the names of groups, roles and divisions once; what failed is read again. */
  async function readNames(): Promise<void> {
    const known = names.value;
    if (reading.value || (known && Object.values(known).every(({ problem }) => problem === null))) return;
    const asked = generation;
    reading.value = true;
    const result = await call('directory.names', null);
    if (asked !== generation) return;
    reading.value = false;
    if (result.ok) names.value = result.data;
  }

  async function people(text: string): Promise<PeopleAnswer> {
    const key = text.toLowerCase();
    const known = remembered.get(key);
    if (known) return { kind: 'found', ...known };
    const asked = generation;
    const result = await call('directory.findPeople', { text });
    if (asked !== generation) return NONE;
    if (!result.ok) return { kind: 'failed', error: result.error };
    remembered.set(key, result.data);
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return { kind: 'found', ...result.data };
  }

  /** Entries of a kind by name: known already, or asked for where the org has more than are kept. */
  async function entries(kind: EntryKind, text: string): Promise<readonly DirectoryEntry[]> {
    const known = names.value?.[kind];
    if (!known) return [];
    const here = entriesWith(known.entries, text);
    if (known.complete || known.problem || here.length >= ENTRIES) return here;
    const result = await call('directory.find', { kind, text });
    return result.ok ? entriesWith(result.data.entries, text) : here;
  }

  /**
   * One search box: asks after a pause in typing, and forgets what is no longer typed. Its caller disposes of it.
   * @param onAnswer is told each answer that still belongs to what stands in the box.
   */
  function createTyping(onAnswer: (answer: PeopleAnswer) => void) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let latest = 0;
    const stop = (): void => {
      clearTimeout(timer);
      latest += 1;
    };
    return {
      stop,
      typed: (typedText: string): void => {
        stop();
        const text = typedText.trim().slice(0, 200);
        if (text.length < AT_LEAST) {
          onAnswer(NONE);
          return;
        }
        const mine = latest;
        onAnswer({ kind: 'asking' });
        timer = setTimeout(() => {
          void people(text).then((answer) => {
            if (mine === latest) onAnswer(answer);
          });
        }, PAUSE_MS);
      },
    };
  }

  return { names, reading, readNames, entries, createTyping };
});
