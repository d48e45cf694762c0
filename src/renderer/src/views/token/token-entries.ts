import type { NamedEntity, TokenDetails } from '../../../../shared/connection.ts';
import type { KeyValue } from '../../components/key-value.ts';
import { grantName } from '../../messages/connection.ts';
import { formatDateTime } from '../../messages/format.ts';

const nameOf = (entity: NamedEntity | null): string | null => entity?.name ?? null;
const listed = (values: readonly string[]): string | null => (values.length > 0 ? values.join(', ') : null);
const id = (name: string, value: string | null): KeyValue => ({ name, value, mono: true });

/** Who the token belongs to. Empty for client credentials, which have no user. */
export function userEntries({ user }: TokenDetails): readonly KeyValue[] {
  if (!user) return [];
  return [
    { name: 'Name', value: user.name },
    { name: 'Email', value: user.email },
    { name: 'Title', value: user.title },
    { name: 'Department', value: user.department },
    { name: 'Division', value: nameOf(user.division) },
    id('User id', user.id),
  ];
}

/** The org the token acts in and, where it differs, the one it comes from. */
export function organizationEntries(token: TokenDetails): readonly KeyValue[] {
  const { organization, homeOrganization, clonedUser, organizationState } = token;
  const elsewhere = homeOrganization !== null && homeOrganization.id !== organization?.id;
  return [
    { name: 'Organization', value: nameOf(organization) },
    id('Organization id', organization?.id ?? null),
    ...(organizationState && organizationState.toLowerCase() !== 'active'
      ? [{ name: 'State of the organization', value: organizationState }]
      : []),
    { name: 'Home organization', value: elsewhere ? homeOrganization.name : 'The same' },
    ...(elsewhere ? [id('Home organization id', homeOrganization.id)] : []),
    ...(clonedUser
      ? [
          clonedUser.id === null
            ? { name: 'Original user', value: 'Another user; Genesys Cloud does not tell which' }
            : id('Original user', clonedUser.id),
          id('Original user’s organization', clonedUser.organizationId),
        ]
      : []),
  ];
}

/** The OAuth client that issued the token. */
export function clientEntries({ client, authorizedScopes }: TokenDetails): readonly KeyValue[] {
  if (!client) return [];
  return [
    { name: 'OAuth client', value: client.name },
    id('Client id', client.id),
    { name: 'Grant', value: grantName(client.grant) },
    { name: 'State', value: client.state && client.state.charAt(0).toUpperCase() + client.state.slice(1) },
    { name: 'Owner', value: client.builtIn ? 'Genesys' : nameOf(client.organization) },
    authorizedScopes
      ? id('Authorized scopes', listed(authorizedScopes))
      : { name: 'Authorized scopes', value: 'Not told' },
    id('Scopes of the client', listed(client.scopes)),
    ...(client.roleDivisions.length > 0
      ? [
          id(
            'Roles in divisions',
            client.roleDivisions
              .map(
                ({ roleId, divisionId }) =>
                  `${roleId ?? 'a role'} in ${divisionId ?? 'a division that is not told'}`,
              )
              .join(', '),
          ),
        ]
      : []),
    ...(client.deletedOn ? [{ name: 'Will be deleted', value: formatDateTime(client.deletedOn) }] : []),
  ];
}

/** Whether the token acts in another org than its own, as a partner's does. */
export const actsElsewhere = ({ organization, homeOrganization }: TokenDetails): boolean =>
  organization !== null && homeOrganization !== null && organization.id !== homeOrganization.id;
