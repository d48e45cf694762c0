import { boolean, dateTime, described, int32, list, model, oneOf, string, type Model } from '../form.ts';

export const tokensModels = {
  TokenInfo: described('openapi', {
    organization: model('NamedEntity'),
    homeOrganization: model('NamedEntity'),
    authorizedScope: list(string),
    clonedUser: model('TokenInfoClonedUser'),
    dateTokenIdles: dateTime,
    OAuthClient: model('OrgOAuthClient'),
  }),
  TokenInfoClonedUser: described('openapi', {
    id: string,
    organization: model('Entity'),
  }),
  OrgOAuthClient: described(
    'openapi',
    {
      id: string,
      name: string,
      dateCreated: dateTime,
      dateModified: dateTime,
      createdBy: model('DomainEntityRef'),
      modifiedBy: model('DomainEntityRef'),
      authorizedGrantType: oneOf('CODE', 'TOKEN', 'SAML2-BEARER', 'PASSWORD', 'CLIENT-CREDENTIALS'),
      scope: list(string),
      roleDivisions: list(model('RoleDivision')),
      state: oneOf('active', 'disabled', 'inactive'),
      dateToDelete: dateTime,
      organization: model('NamedEntity'),
    },
    ['authorizedGrantType', 'name'],
  ),
  RoleDivision: described(
    'openapi',
    {
      roleId: string,
      divisionId: string,
    },
    ['divisionId', 'roleId'],
  ),
  IdleTokenTimeout: described('openapi', {
    idleTokenTimeoutSeconds: { kind: 'integer', bits: 32, minimum: 300 },
    enableIdleTokenTimeout: boolean,
    inactivityTimeoutUnit: oneOf('Minutes', 'Hours'),
    inactivityTimeoutGroupsEnabled: boolean,
    inactivityTimeoutGroupBundles: list(model('InactivityTimeoutGroupBundle')),
  }),
  InactivityTimeoutGroupBundle: described(
    'openapi',
    {
      priority: int32,
      timeoutSeconds: int32,
      inactivityTimeoutUnit: oneOf('Minutes', 'Hours'),
      groups: list(string),
    },
    ['groups', 'priority', 'timeoutSeconds'],
  ),
  OAuthLastTokenIssued: described('openapi', {
    dateIssued: dateTime,
  }),
} satisfies Readonly<Record<string, Model>>;
