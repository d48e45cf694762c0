import type { PlanRow, ProtectedEntry } from '../../../shared/plan.ts';
import { SEARCH_VALUES } from '../../api-limits.ts';
import { AppFailure, failure } from '../../failure.ts';
import type { DirectoryUser } from '../ports.ts';
import { inBatches } from './lookup.ts';
import { once, remember, type Reading } from './sitting.ts';

/** Whom a run must not touch. */
export interface Protection {
  /** Why that user is protected, in words; null when they are not. */
  why(user: Pick<DirectoryUser, 'id' | 'email'>): string | null;
  /** Groups and roles that are no longer there, and addresses that nobody has. */
  readonly missing: readonly string[];
}

const isGone = (error: unknown): boolean => error instanceof AppFailure && error.error.code === 'not-found';

/** Ids of the members of a protected group or role, lower case; null when it is no longer there. */
export async function membersOf(
  entry: Extract<ProtectedEntry, { kind: 'group' | 'role' }>,
  { directory, known, signal, onPage }: Reading,
): Promise<readonly string[] | null> {
  const { kind, id } = entry;
  const read = async (): Promise<readonly string[]> =>
    kind === 'group'
      ? remember(known, await directory.groupMembers(id, signal, onPage))
      : await directory.roleMembers(id, signal, onPage);
  try {
    const ids = await once(known.sets, JSON.stringify([kind, id]), read);
    return ids.map((member) => member.toLowerCase());
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Addresses that nobody in the org has, as far as a search tells: most likely mistyped. Asked once a sitting. */
const strangers = (
  addresses: readonly string[],
  { directory, known, signal }: Reading,
): Promise<readonly string[]> =>
  once(known.sets, JSON.stringify(['protected', addresses]), async () => {
    const found = new Set<string>();
    for (const batch of inBatches(addresses, SEARCH_VALUES))
      for (const user of await directory.usersByEmails(batch, signal))
        found.add(user.email?.toLowerCase() ?? '');
    return addresses.filter((address) => !found.has(address));
  });

/**
 * Works out whom the list protects now. What cannot be read fails the whole: nobody slips through.
 * @throws AppFailure about the protected users.
 */
export async function readProtection(
  entries: () => Promise<readonly ProtectedEntry[]>,
  reading: Reading,
): Promise<Protection> {
  const reasons = new Map<string, string>();
  const emails = new Set<string>();
  const missing: string[] = [];
  try {
    for (const entry of await entries()) {
      if (entry.kind === 'user') reasons.set(entry.id.toLowerCase(), 'By name');
      else if (entry.kind === 'email') emails.add(entry.email.trim().toLowerCase());
      else {
        const what = `${entry.kind === 'group' ? 'Group' : 'Role'} ${entry.label}`;
        const members = await membersOf(entry, reading);
        if (!members) missing.push(what);
        for (const id of members ?? []) if (!reasons.has(id)) reasons.set(id, what);
      }
    }
    if (emails.size > 0) missing.push(...(await strangers([...emails].sort(), reading)));
  } catch (error) {
    if (reading.signal.aborted) throw failure('cancelled', 'Reading the users was cancelled.', error);
    throw error instanceof AppFailure
      ? new AppFailure({ ...error.error, subject: 'Protected users' }, { cause: error })
      : error;
  }
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
