import { defineStore } from 'pinia';
import type { DirectoryEntry, EntryKind, FoundPeople } from '../../../shared/directory.ts';
import type { AppError } from '../../../shared/result.ts';
import { call } from '../bridge.ts';
import { useCall } from '../composables/use-call.ts';
import { ENTRIES, entriesWith } from '../domain/entries-with.ts';
import { onConnectionChange } from './session.ts';

/** Texts whose people are remembered: going back over a few letters asks nobody again. */
const REMEMBERED = 40;

export type PeopleAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | ({ readonly kind: 'found' } & FoundPeople)
  | { readonly kind: 'failed'; readonly error: AppError };

/** People, groups, roles and divisions of the connection in use, found while somebody types. */
export const useDirectorySearchStore = defineStore('directory-search', () => {
  const { data: names, busy: reading, run: askNames, reset: forgetNames } = useCall('directory.names');
  let remembered = new Map<string, FoundPeople>();
  let generation = 0;

  onConnectionChange(() => {
    generation += 1;
    forgetNames();
    remembered = new Map();
  });

  /** Reads the names of groups, roles and divisions once; what failed is read again. */
  async function readNames(): Promise<void> {
    const known = names.value;
    if (reading.value || (known && Object.values(known).every(({ problem }) => problem === null))) return;
    await askNames(null);
  }

  /** People by a part of their name or address. */
  async function people(text: string): Promise<PeopleAnswer> {
    const key = text.toLowerCase();
    const known = remembered.get(key);
    if (known) return { kind: 'found', ...known };
    const asked = generation;
    const result = await call('directory.searchUsers', { text });
    if (asked !== generation) return { kind: 'none' };
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
    const result = await call('directory.search', { kind, text });
    return result.ok ? entriesWith(result.data.entries, text) : here;
  }

  return { names, reading, readNames, entries, people };
});
