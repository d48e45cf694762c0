import type { ProtectedEntry, ProtectedStatus } from '../../../shared/plan.ts';
import { AppFailure } from '../../failure.ts';
import { countedInstead } from '../../listing.ts';
import type { Directory, DirectoryUser } from '../ports.ts';
import { candidates } from './decide.ts';
import { lookUp } from './lookup.ts';
import { identifierOf, membersOf } from './protect.ts';
import { nothingKnown, type LookupContext } from './directory-cache.ts';

/** Longest that one entry may take, ms: a group of 50,000 members takes about 100 s at the usual limit. */
const ENTRY_LIMIT_MS = 180_000;

const present = (users: readonly DirectoryUser[]): ProtectedStatus['found'] => {
  const [first, ...others] = users.filter(({ state }) => state !== 'deleted');
  if (!first) return { kind: 'missing' };
  return { kind: 'users', users: others.length + 1, name: first.name };
};

async function find(entry: ProtectedEntry, reading: LookupContext): Promise<ProtectedStatus['found']> {
  const { directory, known, signal } = reading;
  if (entry.kind === 'user') return present(await directory.usersByIds([entry.id], signal));
  if (entry.kind === 'email') {
    const address = identifierOf(entry);
    return present(candidates(address, await lookUp([address], directory, known, signal, () => undefined)));
  }
  const members = await membersOf(entry, reading);
  if (!members) return { kind: 'missing' };
  const counted = countedInstead(members);
  const users = members.items.length;
  return { kind: 'users', users, name: entry.label, ...(counted !== null && { counted }) };
}

/** Asks afresh what each entry stands for. An entry that cannot be asked says why. */
export async function checkProtected(
  entries: readonly ProtectedEntry[],
  directory: Directory,
): Promise<readonly ProtectedStatus[]> {
  const statuses: ProtectedStatus[] = [];
  const known = nothingKnown();
  for (const entry of entries) {
    const signal = AbortSignal.timeout(ENTRY_LIMIT_MS);
    const reading: LookupContext = {
      directory,
      known,
      signal,
      onPage: () => undefined,
      onDifference: () => undefined,
    };
    try {
      statuses.push({ entry, found: await find(entry, reading) });
    } catch (error) {
      if (!(error instanceof AppFailure)) throw error;
      statuses.push({ entry, found: { kind: 'unknown', message: error.error.message } });
    }
  }
  return statuses;
}
