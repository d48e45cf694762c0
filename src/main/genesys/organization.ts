import { z } from 'zod';
import type { NamedEntity } from '../../shared/connection.ts';
import type { ApiClient } from './http.ts';
import { entityId, text } from './schemas.ts';

/** Organization, as far as it is used. */
export const organizationSchema = z.looseObject({ id: entityId, name: text, state: text });

/** The org the token acts in, and whether it is active. @throws ApiError */
export async function getOrganization(
  client: ApiClient,
  signal: AbortSignal,
): Promise<NamedEntity & { readonly state: string | null }> {
  const spec = { method: 'GET', path: '/api/v2/organizations/me', schema: organizationSchema } as const;
  const { id, name, state } = (await client.request(spec, signal)).body;
  return { id, name: name?.trim() ? name : id, state: state ?? null };
}
