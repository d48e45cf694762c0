import type { Route } from '../http/router.ts';
import { authorizationRoutes } from './authorization.ts';
import { groupRoutes } from './groups.ts';
import { organizationRoutes } from './organization.ts';
import { tokenRoutes } from './tokens.ts';
import { userRoutes } from './users.ts';

/** Every route of the API host. */
export const routes: readonly Route[] = [
  ...tokenRoutes,
  ...userRoutes,
  ...groupRoutes,
  ...authorizationRoutes,
  ...organizationRoutes,
];
