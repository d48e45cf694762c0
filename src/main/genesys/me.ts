import { z } from 'zod';
import type { UserDetails } from '../../shared/connection.ts';
import type { ApiClient } from './http.ts';
import { entityId, entityOrNull, namedEntity, text, texts } from './schemas.ts';
import { nameOf } from './user.ts';

/** UserMe, as far as it is used. */
export const userMeSchema = z.looseObject({
  id: entityId,
  name: text,
  email: text,
  title: text,
  department: text,
  division: namedEntity.nullish(),
  authorization: z.looseObject({ permissions: texts }).nullish(),
});

export interface Me {
  readonly user: UserDetails;
  /** As the API names them; null when it left them out, since an `expand` is not guaranteed. */
  readonly permissions: readonly string[] | null;
}

/** Who a user's token belongs to. Not for client credentials, which have no user: the API answers 400. @throws ApiError */
export async function getMe(client: ApiClient, signal: AbortSignal): Promise<Me> {
  const path = '/api/v2/users/me';
  const spec = { method: 'GET', path, query: { expand: 'authorization' }, schema: userMeSchema } as const;
  const { body } = await client.request(spec, signal);
  return {
    user: {
      id: body.id,
      name: nameOf(body),
      email: body.email ?? null,
      title: body.title ?? null,
      department: body.department ?? null,
      division: divisionOf(body.division),
    },
    permissions: body.authorization?.permissions ?? null,
  };
}

/** Shown only, so a name without an id is shown too. */
const divisionOf = (division: z.infer<typeof namedEntity> | null | undefined): UserDetails['division'] =>
  entityOrNull(division) ?? (division?.name ? { id: '', name: division.name } : null);
