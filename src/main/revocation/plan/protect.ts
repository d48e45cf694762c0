import type { PlanRow, ProtectedEntry } from '../../../shared/plan.ts';
import { AppFailure, failure, withMore } from '../../failure.ts';
import { mapListing, type Listing } from '../../listing.ts';
import type { Identifier } from '../lists/identify.ts';
import type { DirectoryUser } from '../ports.ts';
import { candidates, isUsername } from './decide.ts';
import { lookUp } from './lookup.ts';
import { heeding, memoize, remember, type LookupContext } from './directory-cache.ts';

/** Whom a run must not touch. */
export interface Protection {
  /** Why that user is protected, in words; null when they are not. */
  why(user: Pick<DirectoryUser, 'id' | 'email'>): string | null;
  /** Groups and roles that are no longer there, and addresses that nobody has. */
  readonly missing: readonly string[];
}

const isGone = (error: unknown): boolean => error instanceof AppFailure && error.error.code === 'not-found';

/**
 * Ids of the members of a protected group or role, lower case; null when it is no longer there. Of one that is never the
 * same, whoever was in it: better one too many than one too few.
 */
export async function membersOf(
  entry: Extract<ProtectedEntry, { kind: 'group' | 'role' }>,
  { directory, known, signal, onPage }: LookupContext,
): Promise<Listing<string> | null> {
  const { kind, id } = entry;
  const read = async (): Promise<Listing<string>> => {
    if (kind === 'group') return remember(known, await directory.groupMembers(id, signal, onPage));
    return mapListing(await directory.roleMembers(id, signal, onPage), (member) => member.toLowerCase());
  };
  try {
    return await memoize(known.sets, JSON.stringify([kind, id]), read);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** An address as lists have it. */
export const identifierOf = ({ email }: Extract<ProtectedEntry, { kind: 'email' }>): Identifier => {
  const input = email.trim();
  return { kind: 'email', key: input.toLowerCase(), input };
};

/**
 * Works out whom the list protects now. What cannot be read fails the whole: nobody slips through.
 * @throws AppFailure about the protected users.
 */
export async function readProtection(
  entries: () => Promise<readonly ProtectedEntry[]>,
  reading: LookupContext,
): Promise<Protection> {
  const reasons = new Map<string, string>();
  const addresses: Identifier[] = [];
  const missing: string[] = [];
  try {
    for (const entry of await entries()) {
      if (entry.kind === 'user') reasons.set(entry.id.toLowerCase(), 'By name');
      else if (entry.kind === 'email') addresses.push(identifierOf(entry));
      else {
        const what = `${entry.kind === 'group' ? 'Group' : 'Role'} ${entry.label}`;
        const members = await membersOf(entry, reading);
        if (!members) missing.push(what);
        else if (members.kind === 'unsteady')
          reading.onDifference({ what, counted: null, shown: members.items.length });
        else heeding(reading, what, members);
        for (const id of members?.items ?? []) if (!reasons.has(id)) reasons.set(id, what);
      }
    }
    const { directory, known, signal } = reading;
    const lookup = await lookUp(addresses, directory, known, signal, () => undefined);
    for (const address of addresses) {
      const users = candidates(address, lookup);
      const by = isUsername(address, lookup) ? 'By username' : 'By email';
      // Most likely mistyped.
      if (users.length === 0) missing.push(address.key);
      for (const { id } of users) if (!reasons.has(id.toLowerCase())) reasons.set(id.toLowerCase(), by);
    }
  } catch (error) {
    if (reading.signal.aborted) throw failure('cancelled', 'Reading the users was cancelled.', error);
    throw withMore(error, { subject: 'Protected users' });
  }
  const emails = new Set(addresses.map(({ key }) => key));
  return {
    missing,
    why: ({ id, email }) =>
      reasons.get(id.toLowerCase()) ??
      (email !== null && emails.has(email.toLowerCase()) ? 'By email' : null),
  };
}

/** Longest label of an entry, characters. */
const MAX_LABEL = 300;

/** The list with the users of these rows on it too, each once. Rows that stand for nobody add nothing. */
export function withProtected(
  entries: readonly ProtectedEntry[],
  rows: readonly PlanRow[],
): readonly ProtectedEntry[] {
  const ids = new Set(entries.flatMap((entry) => (entry.kind === 'user' ? [entry.id.toLowerCase()] : [])));
  const added: ProtectedEntry[] = [];
  for (const { userId, name, email } of rows) {
    if (userId === null || ids.has(userId.toLowerCase())) continue;
    ids.add(userId.toLowerCase());
    added.push({ kind: 'user', id: userId, label: (name ?? email ?? userId).slice(0, MAX_LABEL) });
  }
  return [...entries, ...added];
}
