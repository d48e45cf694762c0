import { z } from 'zod';

/**
 * Parts that several answers share. Objects are loose, so that fields of a future API survive, and a field that may be
 * missing may also be null: the API's models mark nearly everything as optional.
 */
export const text = z.string().nullish();
export const texts = z.array(z.string()).nullish();
export const namedEntity = z.looseObject({ id: text, name: text });

/** Both id and name, or null: half an entity cannot be shown. */
export const entityOrNull = (
  entity: z.infer<typeof namedEntity> | null | undefined,
): { readonly id: string; readonly name: string } | null =>
  entity?.id ? { id: entity.id, name: entity.name ?? entity.id } : null;
