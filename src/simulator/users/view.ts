import type { OrgUser } from '../org/org.ts';
import { groupView } from '../groups.ts';
import type { World } from '../world.ts';

const uri = (path: string, id: string): string => `/api/v2/${path}/${id}`;

const authorization = (world: World, user: OrgUser): Record<string, unknown> => ({
  roles: world.org.rolesOf(user).map(({ id, name }) => ({ id, name })),
  unusedRoles: [],
  permissions: world.org.permissionsOf(user),
  permissionPolicies: world.org.permissionsOf(user).map((permission) => {
    const [domain, entityName, action] = permission.split(':');
    return { domain, entityName, actionSet: [action], allowConditions: false };
  }),
});

const iso = (ms: number): string => new Date(ms).toISOString();

/** ms since the epoch; null when the user never had one. */
const lastTokenIssued = (world: World, user: OrgUser): number | null =>
  world.tokens.lastIssuedTo(user) ??
  (user.lastTokenIssuedAgo === null ? null : world.startedAt - user.lastTokenIssuedAgo * 1000);

/** Fields that come only when they are asked for, by the names of the `expand` parameter. */
const EXPANDS: Readonly<Record<string, (world: World, user: OrgUser) => Readonly<Record<string, unknown>>>> =
  {
    authorization: (world, user) => ({ authorization: authorization(world, user) }),
    groups: (world, user) => ({
      groups: world.org.groupsOf(user).map((group) => groupView(world, group)),
    }),
    lasttokenissued: (world, user) => {
      const issued = lastTokenIssued(world, user);
      return issued === null ? {} : { lastTokenIssued: { dateIssued: iso(issued) } };
    },
    conversationSummary: (_, user) => ({
      conversationSummary: {
        userId: user.id,
        call: {
          contactCenter: { active: user.onCall ? 1 : 0, acw: 0 },
          enterprise: { active: 0 },
        },
        callback: { contactCenter: { active: 0, acw: 0 } },
        email: { contactCenter: { active: 0, acw: 0 } },
        message: { contactCenter: { active: 0, acw: 0 } },
        chat: { contactCenter: { active: 0, acw: 0 } },
      },
    }),
    presence: (world, user) => ({
      presence: {
        id: user.id,
        source: 'PURECLOUD',
        primary: true,
        presenceDefinition: {
          systemPresence: user.onCall ? 'ON_QUEUE' : user.tokens > 0 ? 'AVAILABLE' : 'OFFLINE',
        },
        modifiedDate: iso(world.startedAt),
        selfUri: `/api/v2/users/${user.id}/presences/PURECLOUD`,
      },
    }),
    routingStatus: (world, user) => ({
      routingStatus: {
        userId: user.id,
        status: user.onCall ? 'INTERACTING' : 'OFF_QUEUE',
        startTime: iso(world.startedAt),
      },
    }),
  };

/**
 * A user as the API's JSON has it.
 * @param expand names of fields to add, of which some add nothing here ("best effort", as documented).
 */
export const userView = (
  world: World,
  user: OrgUser,
  expand: readonly string[],
): Record<string, unknown> => ({
  id: user.id,
  name: user.name,
  division: {
    id: user.division.id,
    name: user.division.name,
    selfUri: uri('authorization/divisions', user.division.id),
  },
  chat: { jabberId: `${user.id}@${world.org.domain}.orgspan.example` },
  department: user.department,
  email: user.email,
  primaryContactInfo: [{ address: user.email, mediaType: 'EMAIL', type: 'PRIMARY' }],
  addresses: [],
  state: user.state,
  title: user.title,
  username: world.directory.usernameOf(user),
  images: [],
  version: user.version,
  acdAutoAnswer: false,
  ...Object.fromEntries(expand.flatMap((name) => Object.entries(EXPANDS[name]?.(world, user) ?? {}))),
  selfUri: uri('users', user.id),
});
