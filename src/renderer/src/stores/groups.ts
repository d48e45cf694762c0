import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AppError } from '../../../shared/result.ts';
import type { GroupInfo } from '../../../shared/timeout.ts';
import { call } from '../bridge.ts';
import { onConnectionChange } from './session.ts';

/** What is known of a group id. `gone`: the API no longer has it. */
type KnownGroup = { readonly kind: 'there'; readonly group: GroupInfo } | { readonly kind: 'gone' };

/** Ids in one call, as main accepts them. */
const IDS_PER_CALL = 1000;

/** Names, sizes and members of the org's groups, as far as they were asked for. */
export const useGroupsStore = defineStore('groups', () => {
  const known = shallowRef<ReadonlyMap<string, KnownGroup>>(new Map());
  /** Ids of the members; null for a group that is too large to read. */
  const members = shallowRef<ReadonlyMap<string, readonly string[] | null>>(new Map());
  const error = shallowRef<AppError | null>(null);
  let generation = 0;

  onConnectionChange(() => {
    generation += 1;
    known.value = new Map();
    members.value = new Map();
    error.value = null;
  });

  const nameOf = (id: string): string => {
    const answer = known.value.get(id);
    if (answer?.kind === 'there') return answer.group.name;
    return answer ? `a deleted group (${id})` : id;
  };

  const labelOf = (id: string): { readonly name: string; readonly people: number | null } => {
    const answer = known.value.get(id);
    return { name: nameOf(id), people: answer?.kind === 'there' ? answer.group.memberCount : null };
  };

  const remember = (groups: readonly GroupInfo[]): void => {
    known.value = new Map([
      ...known.value,
      ...groups.map((group) => [group.id, { kind: 'there', group }] as const),
    ]);
  };

  /** Asks for the groups that are not known yet. */
  const resolve = async (ids: readonly string[]): Promise<void> => {
    const asked = generation;
    const wanted = [...new Set(ids)].filter((id) => !known.value.has(id)).slice(0, IDS_PER_CALL);
    if (wanted.length === 0) return;
    const result = await call('groups.byIds', { ids: wanted });
    if (asked !== generation) return;
    error.value = result.ok ? null : result.error;
    if (!result.ok) return;
    // Ids are GUIDs, whose case means nothing; the bundle's own spelling is what is kept and sent back.
    const found = new Map(result.data.map((group) => [group.id.toLowerCase(), group]));
    known.value = new Map([
      ...known.value,
      ...wanted.map((id): [string, KnownGroup] => {
        const group = found.get(id.toLowerCase());
        return [id, group ? { kind: 'there', group } : { kind: 'gone' }];
      }),
    ]);
  };

  /** Reads the members of the groups whose members are not known yet, one group after the other. */
  const loadMembers = async (ids: readonly string[]): Promise<void> => {
    const asked = generation;
    for (const groupId of new Set(ids)) {
      if (members.value.has(groupId)) continue;
      const result = await call('groups.members', { groupId });
      if (asked !== generation) return;
      error.value = result.ok ? null : result.error;
      if (!result.ok) return;
      members.value = new Map([...members.value, [groupId, result.data]]);
    }
  };

  return { known, members, error, nameOf, labelOf, remember, resolve, loadMembers };
});
