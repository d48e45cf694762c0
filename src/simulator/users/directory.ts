import { memoize } from '../memoize.ts';
import type { Settings } from '../options.ts';
import type { Org, OrgUser } from '../org/org.ts';
import type { Group, Person, Role, UserState } from '../org/structure.ts';

/**
 * A field of all users, lower-cased. Fields with few different values are kept as those values and one number a user,
 * so that a search compares each value once.
 */
export type Column =
  | { readonly kind: 'each'; readonly values: readonly string[]; readonly text: () => ColumnText }
  | { readonly kind: 'few'; readonly values: readonly string[]; readonly at: Uint16Array };

/** All values one after another, each ended by a line feed: one pass over it finds a part in every value. */
interface ColumnText {
  readonly text: string;
  /** Where each value starts, and where the text ends. */
  readonly starts: Uint32Array;
}

/** @returns a column that has a value of its own for each index. */
export const eachColumn = (values: readonly string[]): Column => {
  const text = memoize(() => {
    const starts = new Uint32Array(values.length + 1);
    for (const [at, value] of values.entries()) starts[at + 1] = (starts[at] ?? 0) + value.length + 1;
    return { text: values.map((value) => `${value}\n`).join(''), starts };
  });
  return { kind: 'each', values, text };
};

/** @returns the field's value of the user with that index. */
export const valueAt = (column: Column, index: number): string =>
  column.values[column.kind === 'each' ? index : (column.at[index] ?? 0)] ?? '';

/** Users in order, memberships, and searchable fields as columns; each is made at its first use. */
export interface Directory {
  readonly org: Org;
  /** Indexes of the users of these states, by name. */
  listed(state: UserState | 'any'): readonly number[];
  /** Active users who are in the group or hold the role, by name. */
  members(of: Group | Role): readonly number[];
  /** Undefined for a field that cannot be searched. */
  column(field: string): Column | undefined;
  /** What the user signs in with. */
  usernameOf(user: Pick<OrgUser, 'index'>): string;
  /** Users with that username, without case. */
  indexesByUsername(username: string): readonly number[];
}

const EACH: Readonly<Record<string, (org: Org) => readonly string[]>> = {
  name: (org) => org.names.map((name) => name.toLowerCase()),
  email: (org) => org.emails,
  id: (org) => org.ids,
};

const FEW: Readonly<Record<string, (person: Person) => string>> = {
  department: (person) => person.department,
  title: (person) => person.title,
  state: (person) => person.state,
  divisionId: (person) => person.division.id,
};

/** Can be searched too (the vendor's OpenAPI description); nobody in this org has a value there. */
const EMPTY = new Set(
  (
    'addresses.email addresses.voice addresses.address addresses.voicemailEnabled chat.jabberId siteId manager.id ' +
    'hr.employeeId integration groups.social.id groups.official.id groups.distribution.id languages.guid ' +
    'languages.name languages.namespace languages.proficiency primaryContactInfo.voice primaryContactInfo.sms ' +
    'primaryContactInfo.email profileSkills queueMembership.added queueMembership.joined routingSkills.guid ' +
    'routingSkills.name routingSkills.namespace routingSkills.proficiency teamId'
  ).split(' '),
);

const fewColumn = (org: Org, read: (person: Person) => string): Column => {
  const numbers = new Map<string, number>();
  const at = Uint16Array.from(org.names, (_, index) => {
    const value = read(org.person(index)).toLowerCase();
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
  return { kind: 'few', values: [...numbers.keys()], at };
};

const makeColumn = (org: Org, field: string): Column | undefined => {
  const each = EACH[field];
  if (each) return eachColumn(each(org));
  const few = FEW[field] ?? (EMPTY.has(field) ? () => '' : undefined);
  return few && fewColumn(org, few);
};

/** @returns usernames of their own: those of an identity provider, each of one user alone. */
const ownUsernames = (org: Org): readonly string[] =>
  org.emails.map((email, index) => {
    const [name = '', domain = ''] = email.split('@');
    return `${name}.${index}@login.${domain}`;
  });

/** By code point: a language's own order would need one language. */
const sortByName = (org: Org): readonly number[] =>
  org.names
    .map((_, index) => index)
    .sort((a, b) => {
      const left = org.names[a] ?? '';
      const right = org.names[b] ?? '';
      return left < right ? -1 : left > right ? 1 : a - b;
    });

/** @param kind whether users sign in with their address or with a name of its own. */
export const createDirectory = (org: Org, kind: Settings['usernames'] = 'address'): Directory => {
  const usernames = memoize(() => (kind === 'address' ? org.emails : ownUsernames(org)));
  const byUsername = memoize(() => new Map(usernames().map((username, index) => [username, index])));
  const columns = new Map<string, Column | undefined>();
  const lists = new Map<string, readonly number[]>();

  const kept = <T>(map: Map<string, T>, key: string, make: () => T): T => {
    const known = map.get(key);
    if (known !== undefined) return known;
    const made = make();
    map.set(key, made);
    return made;
  };

  const listed = (state: UserState | 'any'): readonly number[] =>
    kept(lists, state, () =>
      state === 'any' ? sortByName(org) : listed('any').filter((index) => org.stateOf(index) === state),
    );

  return {
    org,
    listed,
    members: (of) => kept(lists, of.id, () => listed('active').filter((index) => of.has(org.person(index)))),
    column: (field) =>
      kept(columns, field, () => (field === 'username' ? eachColumn(usernames()) : makeColumn(org, field))),
    usernameOf: ({ index }) => usernames()[index] ?? '',
    indexesByUsername: (username) => {
      if (kind === 'address') return org.indexesByEmail(username);
      const index = byUsername().get(username.toLowerCase());
      return index === undefined ? [] : [index];
    },
  };
};
