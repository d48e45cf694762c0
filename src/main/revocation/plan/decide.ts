import type { KeptBackReason, PlanRow } from '../../../shared/plan.ts';
import type { Identifier } from '../lists/identify.ts';
import type { DirectoryUser } from '../ports.ts';

/** What the directory said about the identifiers of a selection. Keys are lower case. */
export interface Lookup {
  readonly byId: ReadonlyMap<string, DirectoryUser>;
  readonly byEmail: ReadonlyMap<string, readonly DirectoryUser[]>;
}

/** Users named in the note of an ambiguous address. */
const NAMED = 3;

type Match =
  | { readonly kind: 'user'; readonly user: DirectoryUser }
  | {
      readonly kind: 'nobody';
      readonly reason: KeptBackReason;
      readonly note: string | null;
      readonly user: DirectoryUser | null;
    };

const nobody = (
  reason: KeptBackReason,
  note: string | null = null,
  user: DirectoryUser | null = null,
): Match => ({
  kind: 'nobody',
  reason,
  note,
  user,
});

const listBriefly = (users: readonly DirectoryUser[]): string => {
  const named = users.slice(0, NAMED).map((u) => `${u.name} (${u.state}, ${u.id})`);
  const more = users.length - named.length;
  return named.join(', ') + (more > 0 ? `, and ${more} more` : '');
};

/** Users that an identifier can mean: deleted ones too. */
export function candidates({ kind, key }: Identifier, { byId, byEmail }: Lookup): readonly DirectoryUser[] {
  if (kind === 'id') {
    const user = byId.get(key);
    return user ? [user] : [];
  }
  return kind === 'email' ? (byEmail.get(key) ?? []) : [];
}

function match(identifier: Identifier, lookup: Lookup): Match {
  if (identifier.kind === 'unreadable') return nobody('unreadable');
  const found = candidates(identifier, lookup);
  const [user, ...others] = found.filter((u) => u.state !== 'deleted');
  if (!user) return found.length === 0 ? nobody('not-found') : nobody('deleted', null, found[0] ?? null);
  if (others.length > 0) return nobody('ambiguous', listBriefly([user, ...others]));
  return { kind: 'user', user };
}

const describe = (user: DirectoryUser | null) => ({
  userId: user?.id ?? null,
  name: user?.name ?? null,
  email: user?.email ?? null,
  department: user?.department ?? null,
  division: user?.division ?? null,
  state: user?.state ?? null,
});

/**
 * Decides about each identifier, in order: one row each. Whoever stands twice, under whatever name, goes once, by the
 * first row. The operator and the excluded never go.
 * @param operatorId null for client credentials, which have no user.
 * @param excluded user ids, lower case.
 */
export function decideRows(
  identifiers: readonly Identifier[],
  lookup: Lookup,
  operatorId: string | null,
  excluded: ReadonlySet<string>,
): PlanRow[] {
  const operator = operatorId?.toLowerCase();
  const rowOfInput = new Map<string, number>();
  const rowOfUser = new Map<string, number>();

  return identifiers.map((identifier, index) => {
    const row = (
      reason: KeptBackReason | null,
      note: string | null,
      user: DirectoryUser | null,
    ): PlanRow => ({
      index,
      input: identifier.input,
      ...describe(user),
      decision: reason === null ? { kind: 'revoke' } : { kind: 'kept-back', reason, note },
    });
    const result = match(identifier, lookup);
    const user = result.user;
    const input = `${identifier.kind} ${identifier.key}`;
    const userKey = result.kind === 'user' ? result.user.id.toLowerCase() : null;

    const earlier = rowOfInput.get(input) ?? (userKey === null ? undefined : rowOfUser.get(userKey));
    if (earlier !== undefined) return row('duplicate', `Same as row ${earlier + 1}`, user);
    rowOfInput.set(input, index);
    if (userKey !== null) rowOfUser.set(userKey, index);

    if (result.kind === 'nobody') return row(result.reason, result.note, user);
    if (userKey === operator) return row('yourself', null, user);
    if (userKey !== null && excluded.has(userKey)) return row('excluded', null, user);
    return row(null, null, user);
  });
}
