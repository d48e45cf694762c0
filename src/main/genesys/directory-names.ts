import { z } from 'zod';
import type { DirectoryEntry, DirectoryNames, EntryKind, NamesOfKind } from '../../shared/directory.ts';
import { AppFailure } from '../failure.ts';
import type { ApiClient } from './http.ts';
import { choosable, entityId, isThere, text } from './schemas.ts';
import { nameOf } from './user.ts';

const PAGE = 100;
/** Names of a kind that are read ahead; where there are more, they are searched for as they are typed. */
const MAX_PAGES = 5;

const PATHS: Readonly<Record<EntryKind, string>> = {
  division: '/api/v2/authorization/divisions',
  group: '/api/v2/groups',
  role: '/api/v2/authorization/roles',
};

const count = z.number().nullish();

/** The listings of all three kinds; a group counts its members, a role its users. */
const schema = z.looseObject({
  total: count,
  entities: choosable(
    z.looseObject({ id: entityId, name: text, state: text, memberCount: count, userCount: count }),
  ),
});

/** Unlike a set that something is done to, this may end early and miss what changes meanwhile: one page after the other. */
async function readKind(client: ApiClient, kind: EntryKind, signal: AbortSignal): Promise<NamesOfKind> {
  const entries: DirectoryEntry[] = [];
  try {
    for (let pageNumber = 1; pageNumber <= MAX_PAGES; pageNumber += 1) {
      const query = { pageSize: PAGE, pageNumber, ...(kind === 'role' && { userCount: true }) };
      const { body } = await client.request({ method: 'GET', path: PATHS[kind], query, schema }, signal);
      const page = (body.entities ?? []).filter(isThere);
      for (const { id, name, memberCount, userCount } of page)
        entries.push({ id, name: nameOf({ id, name }), users: memberCount ?? userCount ?? null });
      // A page can be shorter than it was: deleted groups, and what has no id, are not on it.
      const total = body.total ?? null;
      const isLast = page.length === 0 || (total === null ? page.length < PAGE : pageNumber * PAGE >= total);
      if (isLast) return { entries, complete: true, problem: null };
    }
    return { entries, complete: false, problem: null };
  } catch (error) {
    // One kind that may not be read leaves the others; the window says so.
    if (error instanceof AppFailure && !signal.aborted)
      return { entries, complete: false, problem: error.error };
    throw error;
  }
}

/**
 * The names of the org's divisions, groups and roles, at most 500 of each, so that they can be found by typing without a
 * call for each letter.
 * @throws AppFailure `cancelled` when aborted; what a kind fails with stands in its `problem`.
 */
export async function readDirectoryNames(client: ApiClient, signal: AbortSignal): Promise<DirectoryNames> {
  const [division, group, role] = await Promise.all(
    (['division', 'group', 'role'] as const).map((kind) => readKind(client, kind, signal)),
  );
  const none: NamesOfKind = { entries: [], complete: false, problem: null };
  return { division: division ?? none, group: group ?? none, role: role ?? none };
}
