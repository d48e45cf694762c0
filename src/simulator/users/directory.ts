import type { Org, OrgUser, UserState } from '../org/org.ts';
import type { Group, Role } from '../org/structure.ts';

/**
 * A field of all users, lower-cased. Fields with few different values are kept as those values and one number a user,
 * so that a search compares each value once.
 */
export type Column =
  | { readonly kind: 'each'; readonly values: readonly string[] }
  | { readonly kind: 'few'; readonly values: readonly string[]; readonly at: Uint16Array };

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
}

const EACH: Readonly<Record<string, (org: Org) => readonly string[]>> = {
  name: (org) => org.names.map((name) => name.toLowerCase()),
  email: (org) => org.emails,
  // Users have the same username as email, as in most orgs.
  username: (org) => org.emails,
  id: (org) => org.ids,
};

const FEW: Readonly<Record<string, (user: OrgUser) => string>> = {
  department: (user) => user.department,
  title: (user) => user.title,
  state: (user) => user.state,
  'division.id': (user) => user.division.id,
  'division.name': (user) => user.division.name,
};

const fewColumn = (org: Org, read: (user: OrgUser) => string): Column => {
  const numbers = new Map<string, number>();
  const at = Uint16Array.from(org.names, (_, index) => {
    const value = read(org.user(index)).toLowerCase();
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
  return { kind: 'few', values: [...numbers.keys()], at };
};

const makeColumn = (org: Org, field: string): Column | undefined => {
  const each = EACH[field];
  if (each) return { kind: 'each', values: each(org) };
  const few = FEW[field];
  return few && fewColumn(org, few);
};

/** By code point: a language's own order would need one language. */
const sortByName = (org: Org): readonly number[] =>
  org.names
    .map((_, index) => index)
    .sort((a, b) => {
      const left = org.names[a] ?? '';
      const right = org.names[b] ?? '';
      return left < right ? -1 : left > right ? 1 : a - b;
    });

export const createDirectory = (org: Org): Directory => {
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
    column: (field) => kept(columns, field, () => makeColumn(org, field)),
  };
};
