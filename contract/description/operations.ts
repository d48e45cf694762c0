import type { Operation } from './form.ts';
import { authorizationOperations } from './operations/authorization.ts';
import { groupOperations } from './operations/groups.ts';
import { organizationOperations } from './operations/organizations.ts';
import { tokenOperations } from './operations/tokens.ts';
import { userOperations } from './operations/users.ts';

/** Method and path → what it takes and answers. A segment in braces is a parameter. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...tokenOperations,
  ...userOperations,
  ...groupOperations,
  ...organizationOperations,
  ...authorizationOperations,
};

/** Error status → codes that every operation can answer with. */
export const COMMON_ERRORS: Readonly<Record<number, readonly string[]>> = {
  400: ['bad.request', 'response.entity.too.large'],
  401: ['authentication.required', 'bad.credentials', 'ip.not.authorized'],
  403: [
    'app.not.authorized.for.scope',
    'authz.policy.denied',
    'missing.any.division.permissions',
    'missing.any.permissions',
    'missing.division.permission',
    'missing.permissions',
    'not.authorized',
  ],
  404: ['not.found'],
  408: ['client.timeout'],
  409: ['request.conflict'],
  413: ['request.entity.too.large'],
  415: ['unsupported.media.type'],
  429: ['too.many.requests', 'too.many.requests.retry.after'],
  500: ['internal.server.error'],
  503: ['service.unavailable'],
  504: ['authentication.request.timeout', 'request.timeout'],
};

/** Most ids that `GET /users` takes at once; more is `max.user.ids`. */
export const IDS_PER_LISTING = 100;
