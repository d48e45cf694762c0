import { REVOKE } from '../../../shared/row-interner.ts';
import type { KeptBackReason, PlanDecision, PlanRow } from '../../../shared/plan.ts';
import type { Identifier } from '../lists/identify.ts';
import type { DirectoryUser } from '../ports.ts';

/** What the directory said about the identifiers of a selection. Keys are lower case. */
export interface Lookup {
  /** Null is an id that nobody has. */
  readonly byId: ReadonlyMap<string, DirectoryUser | null>;
  readonly byEmail: ReadonlyMap<string, readonly DirectoryUser[]>;
  /** Of addresses that nobody has: those who sign in with them. */
  readonly byUsername: ReadonlyMap<string, readonly DirectoryUser[]>;
}

/** Users named in the note of an ambiguous address. */
const NAMED = 3;

type Match =
  | { readonly kind: 'user'; readonly user: DirectoryUser }
  | { readonly kind: 'ambiguous'; readonly users: readonly DirectoryUser[]; readonly user: null }
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
export function candidates(identifier: Identifier, lookup: Lookup): readonly DirectoryUser[] {
  const { kind, key } = identifier;
  if (kind === 'id') {
    const user = lookup.byId.get(key);
    return user ? [user] : [];
  }
  if (kind !== 'email') return [];
  return (isUsername(identifier, lookup) ? lookup.byUsername : lookup.byEmail).get(key) ?? [];
}

/** Whether an address is nobody's, but somebody signs in with it. */
export const isUsername = ({ kind, key }: Identifier, { byEmail, byUsername }: Lookup): boolean =>
  kind === 'email' && (byEmail.get(key) ?? []).length === 0 && (byUsername.get(key) ?? []).length > 0;

/** What a row says that was not found by address. */
const BY_USERNAME = 'Found by username';
const GOES_BY_USERNAME: PlanDecision = { kind: 'revoke', note: BY_USERNAME };

/** The decision about a row, saying by what its user was found where that is not what it seems. */
const foundBy = (decision: PlanDecision, byUsername: boolean): PlanDecision => {
  if (!byUsername) return decision;
  if (decision.kind === 'revoke') return GOES_BY_USERNAME;
  const note = decision.note === null ? BY_USERNAME : `${decision.note}; ${BY_USERNAME.toLowerCase()}`;
  return { ...decision, note };
};

function match(identifier: Identifier, lookup: Lookup): Match {
  if (identifier.kind === 'unreadable') return nobody('unreadable', identifier.note ?? null);
  if (identifier.kind === 'nobody') return nobody('no-user-named', identifier.note ?? null);
  const found = candidates(identifier, lookup);
  const [user, ...others] = found.filter((u) => u.state !== 'deleted');
  if (!user) return found.length === 0 ? nobody('not-found') : nobody('deleted', null, found[0] ?? null);
  if (others.length > 0) return { kind: 'ambiguous', users: [user, ...others], user: null };
  return { kind: 'user', user };
}

/** An identifier, and whether it is a row in any case or only when it adds somebody. */
export interface Wanted {
  readonly identifier: Identifier;
  readonly rows: 'each' | 'new';
}

export interface DecisionRules {
  /** Null for client credentials, which have no user. */
  readonly operatorId: string | null;
  /** The operator goes too, unless protected or excluded. */
  readonly includeOperator: boolean;
  /** User ids, lower case. */
  readonly excluded: ReadonlySet<string>;
  /** Why a user is protected; null when not. */
  readonly whyProtected: (user: DirectoryUser) => string | null;
}

/** Why a user who was found does not go; null when they do. */
export function decisionAbout(user: DirectoryUser, rules: DecisionRules): PlanDecision {
  const key = user.id.toLowerCase();
  const why = rules.whyProtected(user);
  if (!rules.includeOperator && key === rules.operatorId?.toLowerCase())
    return { kind: 'kept-back', reason: 'yourself', note: null };
  if (why !== null) return { kind: 'kept-back', reason: 'protected', note: why };
  return rules.excluded.has(key) ? { kind: 'kept-back', reason: 'excluded', note: null } : REVOKE;
}

interface Decided {
  readonly rows: PlanRow[];
  /** Whom the ambiguous rows can mean, by their index. */
  readonly candidates: ReadonlyMap<number, readonly DirectoryUser[]>;
}

/** What a row says of its user. */
export const userFields = (
  user: DirectoryUser,
): Pick<PlanRow, 'userId' | 'name' | 'email' | 'department' | 'division' | 'state'> => ({
  userId: user.id,
  name: user.name,
  email: user.email,
  department: user.department,
  division: user.division,
  state: user.state,
});

/**
 * Decides about the identifiers, in order. Whoever stands twice, under whatever name, goes once, by the first row. The
 * operator, the protected and the excluded do not go.
 */
export function decideRows(wanted: Iterable<Wanted>, lookup: Lookup, rules: DecisionRules): Decided {
  const rowOfInput = { id: new Map<string, number>(), email: new Map<string, number>() };
  const rowOfUser = new Map<string, number>();
  const rows: PlanRow[] = [];
  const ambiguous = new Map<number, readonly DirectoryUser[]>();

  for (const { identifier, rows: which } of wanted) {
    const index = rows.length;
    const result = match(identifier, lookup);
    const { user } = result;
    const byUsername = isUsername(identifier, lookup);
    const add = (decision: PlanDecision): void => {
      // Each field is named: a spread would take 300 bytes more a row (see createListedUsers).
      rows.push({
        index,
        input: identifier.input,
        userId: user?.id ?? null,
        name: user?.name ?? null,
        email: user?.email ?? null,
        department: user?.department ?? null,
        division: user?.division ?? null,
        state: user?.state ?? null,
        decision: foundBy(decision, byUsername),
        ...(identifier.line !== undefined && { line: identifier.line }),
        ...(identifier.details && { details: identifier.details }),
      });
    };
    const keepBack = (reason: KeptBackReason, note: string | null): void =>
      add({ kind: 'kept-back', reason, note });
    // Two rows that name nobody are not the same person twice.
    const names = identifier.kind === 'id' || identifier.kind === 'email';
    const sameKind = names ? rowOfInput[identifier.kind] : new Map<string, number>();
    const userKey = result.kind === 'user' ? result.user.id.toLowerCase() : null;

    const earlier = sameKind.get(identifier.key) ?? (userKey === null ? undefined : rowOfUser.get(userKey));
    if (earlier !== undefined) {
      if (which === 'each') keepBack('duplicate', `Same as row ${earlier + 1}`);
      continue;
    }
    // A user's own id is known by the user.
    if (identifier.key !== userKey) sameKind.set(identifier.key, index);
    if (result.kind === 'nobody') keepBack(result.reason, result.note);
    else if (result.kind === 'ambiguous') {
      ambiguous.set(index, result.users);
      keepBack('ambiguous', listBriefly(result.users));
    } else {
      rowOfUser.set(result.user.id.toLowerCase(), index);
      add(decisionAbout(result.user, rules));
    }
  }
  return { rows, candidates: ambiguous };
}
