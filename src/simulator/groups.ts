import type { Group } from './org/structure.ts';
import type { World } from './world.ts';

/** A group as the API's JSON has it, also inside a user: the model says that its name, type and the like are there. */
export const groupView = (world: World, group: Group): Record<string, unknown> => ({
  id: group.id,
  name: group.name,
  description: group.description,
  dateModified: new Date(world.startedAt).toISOString(),
  memberCount: world.directory.members(group).length,
  state: 'active',
  version: 1,
  type: 'official',
  rulesVisible: true,
  visibility: 'public',
  rolesEnabled: true,
  includeOwners: false,
  callsEnabled: false,
  owners: [],
  selfUri: `/api/v2/groups/${group.id}`,
});
