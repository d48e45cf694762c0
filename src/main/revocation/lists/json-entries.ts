import { decides } from './decision-words.ts';
import { meaningOf } from './headings.ts';
import { isArray, isObject, type Json } from './json-text.ts';
import { isWholeIdentifier, scan } from './scan.ts';

/** How deep in an answer its entries are looked for: `data.organization.users.edges` is four. */
const MAX_DEPTH = 8;
/** Entries of each array that are looked into for users. */
const SAMPLE = 200;

/** The entries of a list in JSON, and what stands beside them. */
export interface JsonEntries {
  readonly entries: readonly Json[];
  readonly rest: string;
}

interface Candidate {
  readonly key: string;
  /** The array or object itself. */
  readonly value: Json;
  readonly entries: readonly Json[];
}

/** The entries of an answer: its array with most users (`entities`, `value`, `data.users`), or itself when it is one user. */
export function entriesOf(whole: Json): JsonEntries {
  const alone = (entries: readonly Json[]): JsonEntries => ({ entries, rest: '' });
  if (isArray(whole)) return alone(whole);
  if (!isObject(whole)) return alone([whole]);
  // An array as some languages write it: `{"0": …, "1": …}`.
  if (Object.entries(whole).every(([key, value]) => /^\d+$/.test(key) && typeof value === 'string'))
    return alone(Object.values(whole));
  const isUser = Object.values(whole).some((own) => typeof own === 'string' && isAddress(own));
  const found = candidatesIn(whole, isUser);
  const [best] = found
    .filter(({ key, value }) => !isUser || value === whole || meaningOf(key) === 'user')
    .map((entry) => ({ ...entry, users: usersIn(entry.entries) }))
    .sort((a, b) => b.users - a.users || b.entries.length - a.entries.length);
  if (!best || (best.users === 0 && usersIn([whole]) > 0)) return alone([whole]);
  if (best.value === whole) return alone(best.entries);
  // `{"sales": {"leavers": […]}, "service": {"leavers": […]}}` is one list.
  const same = found.filter(({ key }) => key === best.key);
  const taken = new Set(same.map(({ value }) => value));
  const rest = JSON.stringify(whole, (_key, value: Json) => (taken.has(value) ? '…' : value));
  const isAll = rest === JSON.stringify({ [best.key]: '…' }) && scan(best.key).mentions.length === 0;
  return { entries: same.flatMap(({ entries }) => entries), rest: isAll ? '' : rest };
}

const isAddress = (text: string): boolean => text.includes('@') && isWholeIdentifier(text);

const usersIn = (entries: readonly Json[]): number =>
  entries.slice(0, SAMPLE).filter((entry) => scan(JSON.stringify(entry)).mentions.length > 0).length;

/** Arrays, and objects whose keys are users, that can be the list. Those of groups, roles, managers or whom to keep cannot. */
function candidatesIn(whole: Json, isUser: boolean): readonly Candidate[] {
  const found: Candidate[] = [];
  const walk = (key: string, value: Json, depth: number): void => {
    const meaning = meaningOf(key);
    if (meaning === 'other-people' || decides(key) === 'leaves') return;
    // `organization: { users: […] }` has a list; the `group` of one user has other people.
    if (meaning === 'no-people' && (isUser || isArray(value))) return;
    if (isArray(value)) {
      if (value.some((entry) => isObject(entry) || typeof entry === 'string'))
        found.push({ key, value, entries: value });
      return;
    }
    if (!isObject(value)) return;
    const keys = Object.keys(value);
    if (keys.length > 0 && keys.every((entry) => isWholeIdentifier(entry)))
      found.push({ key, value, entries: keys.map((entry) => withKey(entry, value[entry] ?? null)) });
    else if (depth < MAX_DEPTH)
      for (const [name, child] of Object.entries(value)) walk(name, child, depth + 1);
  };
  walk('', whole, 0);
  return found;
}

/** `"a@x.org": {…}`: the key is the user. */
const withKey = (user: string, value: Json): Json => (isObject(value) ? { user, ...value } : { user, value });
