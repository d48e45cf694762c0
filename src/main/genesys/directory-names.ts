import type { DirectoryEntry, DirectoryNames, EntryKind, NamesOfKind } from '../../shared/directory.ts';
import { AppFailure } from '../failure.ts';
import { namedListingSchema } from './directory-entries.ts';
import { groupListingSchema, isThere } from './groups.ts';
import type { ApiClient } from './http.ts';
import { nameOf } from './user.ts';

const PAGE = 100;
/** Names of a kind that are read ahead; where there are more, they are searched for as they are typed. */
const MAX_PAGES = 5;

const PATHS: Readonly<Record<EntryKind, string>> = {
  division: '/api/v2/authorization/divisions',
  group: '/api/v2/groups',
  role: '/api/v2/authorization/roles',
};

interface Page {
  readonly total: number | null;
  readonly entries: readonly DirectoryEntry[];
}

async function readPage(
  client: ApiClient,
  kind: EntryKind,
  pageNumber: number,
  signal: AbortSignal,
): Promise<Page> {
  const query = { pageSize: PAGE, pageNumber, ...(kind === 'role' && { userCount: true }) };
  const spec = { method: 'GET', path: PATHS[kind], query } as const;
  if (kind === 'group') {
    const { entities, total } = (await client.request({ ...spec, schema: groupListingSchema }, signal)).body;
    const entries = (entities ?? [])
      .filter(isThere)
      .map((group) => ({ id: group.id, name: nameOf(group), users: group.memberCount ?? null }));
    return { total: total ?? null, entries };
  }
  const { entities, total } = (await client.request({ ...spec, schema: namedListingSchema }, signal)).body;
  const entries = (entities ?? []).map((entity) => ({
    id: entity.id,
    name: nameOf(entity),
    users: entity.userCount ?? null,
  }));
  return { total: total ?? null, entries };
}

async function readKind(client: ApiClient, kind: EntryKind, signal: AbortSignal): Promise<NamesOfKind> {
  const entries: DirectoryEntry[] = [];
  try {
    for (let pageNumber = 1; pageNumber <= MAX_PAGES; pageNumber += 1) {
      const page = await readPage(client, kind, pageNumber, signal);
      entries.push(...page.entries);
      // A page can be shorter than it was: deleted groups, and what has no id, are not on it.
      const isLast =
        page.entries.length === 0 ||
        (page.total === null ? page.entries.length < PAGE : pageNumber * PAGE >= page.total);
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
