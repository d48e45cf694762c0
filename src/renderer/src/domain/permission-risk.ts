import type { TokenDetails } from '../../../shared/connection.ts';

export type Danger = 'critical' | 'high' | 'moderate';

interface Ability {
  readonly danger: Danger;
  /** What whoever has the token could do. */
  readonly sentence: string;
  /** The permissions of ours that allow it, as the API names them. */
  readonly permissions: readonly string[];
}

const ability = (danger: Danger, sentence: string, ...permissions: readonly string[]): Ability => ({
  danger,
  sentence,
  permissions,
});

/**
 * What the permissions of Genesys Cloud are worth to a thief, the worst first: what outlives the token or opens other
 * doors, then what harms people and the business, then what can be read. The names are those that
 * the official SDKs' documents give for the operations behind them.
 */
const ABILITIES: readonly Ability[] = [
  ability(
    'critical',
    'Create or change OAuth clients, and so keep access after this token has ended.',
    'oauth:client:add',
    'oauth:client:edit',
  ),
  ability(
    'critical',
    'Give itself or others any role, and so any permission.',
    'authorization:grant:add',
    'authorization:role:add',
    'authorization:role:edit',
  ),
  ability('critical', 'Set the passwords of other users, and so become them.', 'directory:user:setPassword'),
  ability('critical', 'Create new users to come back as.', 'directory:user:add'),
  ability(
    'critical',
    'Change the settings of the whole organization, among them the idle timeout and the IP allowlist.',
    'directory:organization:admin',
  ),
  ability(
    'critical',
    'Change or switch off single sign-on.',
    'sso:provider:edit',
    'sso:provider:add',
    'sso:provider:delete',
  ),
  ability('high', 'Sign out every user, again and again.', 'oauth:token:delete'),
  ability('high', 'Approve OAuth clients and their scopes for the organization.', 'oauth:client:authorize'),
  ability('high', 'Change or delete users.', 'directory:user:edit', 'directory:user:delete'),
  ability(
    'high',
    'Listen to or download recordings.',
    'recording:recording:view',
    'recording:recordingSegment:view',
  ),
  ability('high', 'Have personal data of customers exported or erased.', 'gdpr:request:add'),
  ability(
    'high',
    'Export the contacts of customers.',
    'externalContacts:contact:view',
    'outbound:contact:view',
  ),
  ability('high', 'Change call flows, and so where calls go.', 'architect:flow:edit', 'architect:flow:add'),
  ability(
    'high',
    'Change integrations, and where data is sent.',
    'integrations:integration:edit',
    'integrations:integration:add',
  ),
  ability('high', 'Call or write to customers in bulk.', 'outbound:campaign:edit', 'outbound:campaign:add'),
  ability(
    'moderate',
    'See who said what: conversations and their details.',
    'analytics:conversationDetail:view',
    'conversation:communication:view',
  ),
  ability('moderate', 'Look at the calls of others.', 'conversation:call:view'),
  ability('moderate', 'List all users with names, addresses and phone numbers.', 'directory:user:view'),
  ability('moderate', 'See which OAuth clients there are.', 'oauth:client:view'),
  ability('moderate', 'See who holds which role.', 'authorization:grant:view', 'authorization:role:view'),
  ability('moderate', 'Create groups.', 'directory:group:add'),
  ability('moderate', 'Change queues, or who works in them.', 'routing:queue:edit', 'routing:queue:add'),
  ability('moderate', 'Read the audit log, and see what was noticed.', 'audits:audit:view'),
];

/** A permission or a policy with wildcards (`oauth:*:*`, `*`) covers what it names. */
function covers(policy: string, permission: string): boolean {
  const held = policy.trim().toLowerCase().split(':');
  const asked = permission.toLowerCase().split(':');
  if (held.length > asked.length) return false;
  if (held.length < asked.length && held.at(-1) !== '*') return false;
  return held.every((part, index) => part === '*' || part === asked[index]);
}

interface Abilities {
  /** The most dangerous first. */
  readonly list: readonly Ability[];
  /** Permissions that stand behind none of them. */
  readonly others: number;
  /** False where the API tells only single permissions, as for client credentials. */
  readonly complete: boolean;
}

/** What whoever has the token could do, in plain words. */
export function abilitiesOf({
  allPermissions,
  permissions,
}: Pick<TokenDetails, 'allPermissions' | 'permissions'>): Abilities {
  const held =
    allPermissions ??
    Object.entries(permissions).flatMap(([name, state]) => (state === 'held' ? [name] : []));
  const list = ABILITIES.flatMap((ability): readonly Ability[] => {
    const ours = ability.permissions.filter((permission) =>
      held.some((policy) => covers(policy, permission)),
    );
    return ours.length > 0 ? [{ ...ability, permissions: ours }] : [];
  });
  const named = ABILITIES.flatMap((ability) => ability.permissions);
  const others = held.filter((policy) => !named.some((permission) => covers(policy, permission))).length;
  return { list, others, complete: allPermissions !== null };
}
