import type { Model } from '../form.ts';
import { authorizationModels } from './authorization.ts';
import { commonModels } from './common.ts';
import { groupsModels } from './groups.ts';
import { tokensModels } from './tokens.ts';
import { usersModels } from './users.ts';

/** Every model that the operations name, by its name. */
export const MODELS: Readonly<Record<string, Model>> = {
  ...commonModels,
  ...tokensModels,
  ...usersModels,
  ...groupsModels,
  ...authorizationModels,
};
