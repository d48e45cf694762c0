import type { Org, UserState } from '../org/org.ts';

/** Users in order, and their searchable fields as columns; each is made at its first use. */
export interface Directory {
  readonly org: Org;
  /** Indexes of the users of these states, by name. */
  listed(state: UserState | 'any'): readonly number[];
  /** All indexes, by name. */
  readonly byName: readonly number[];
  /** Every user's value of a field, lower-cased, by index; undefined for a field that cannot be searched. */
  column(field: string): readonly string[] | undefined;
}

const SEARCHABLE: readonly string[] = [
  'name',
  'email',
  'username',
  'id',
  'department',
  'title',
  'state',
  'division.id',
  'division.name',
];

export const createDirectory = (org: Org): Directory => {
  const columns = new Map<string, readonly string[]>();
  const lists = new Map<UserState | 'any', readonly number[]>();
  let byName: readonly number[] | undefined;

  const valuesOf = (field: string): readonly string[] => {
    // Users have the same username as email, as most orgs do.
    if (field === 'email' || field === 'username') return org.emails;
    if (field === 'id') return org.ids;
    if (field === 'name') return org.names.map((name) => name.toLowerCase());
    // Few values, many users: each value is one string in memory.
    const lowered = new Map<string, string>();
    return org.ids.map((_, index) => {
      const user = org.user(index);
      const value =
        field === 'department'
          ? user.department
          : field === 'title'
            ? user.title
            : field === 'state'
              ? user.state
              : field === 'division.id'
                ? user.division.id
                : user.division.name;
      const known = lowered.get(value);
      if (known !== undefined) return known;
      const low = value.toLowerCase();
      lowered.set(value, low);
      return low;
    });
  };

  const sorted = (): readonly number[] => {
    const { names } = org;
    // By code point: a language's own order would need one language.
    byName ??= names
      .map((_, index) => index)
      .sort((a, b) => {
        const left = names[a] ?? '';
        const right = names[b] ?? '';
        return left < right ? -1 : left > right ? 1 : a - b;
      });
    return byName;
  };

  return {
    org,
    get byName() {
      return sorted();
    },
    listed: (state) => {
      const known = lists.get(state);
      if (known) return known;
      const list = state === 'any' ? sorted() : sorted().filter((index) => org.stateOf(index) === state);
      lists.set(state, list);
      return list;
    },
    column: (field) => {
      if (!SEARCHABLE.includes(field)) return undefined;
      const known = columns.get(field);
      if (known) return known;
      const values = valuesOf(field);
      columns.set(field, values);
      return values;
    },
  };
};
