import type { FoundPerson } from '../../../shared/directory.ts';
import type { Directory, DirectoryUser } from '../ports.ts';
import { LISTED_IDS } from '../../api-limits.ts';
import { inBatches } from './lookup.ts';

/** More namesakes cannot be told apart by looking. */
const MAX_SHOWN = 100;

/**
 * What tells the users apart whom an ambiguous row can mean: asked now, since titles and tokens are not kept.
 * @throws what the directory throws. Whom it no longer knows is shown as the look-up found them.
 */
export async function profiles(
  candidates: readonly DirectoryUser[],
  directory: Directory,
  signal: AbortSignal,
): Promise<readonly FoundPerson[]> {
  const shown = candidates.slice(0, MAX_SHOWN);
  const found = new Map<string, FoundPerson>();
  for (const ids of inBatches(
    shown.map(({ id }) => id),
    LISTED_IDS,
  ))
    for (const person of await directory.profilesOf(ids, signal)) found.set(person.id.toLowerCase(), person);
  return shown.map(
    (user) => found.get(user.id.toLowerCase()) ?? { ...user, title: null, lastTokenIssued: null },
  );
}
