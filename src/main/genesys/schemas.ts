import { z } from 'zod';
import { cleanText } from '../../shared/clean-text.ts';

/** Bounded where it comes in, so that nothing behind it is unbounded: dialogs, titles, plans, journals, the window. */
const cleaned = (told: string): string => cleanText(told, MAX_TEXT);

/** Longer than any name, address or scope of the API. */
const MAX_TEXT = 512;

/**
 * Parts that several answers share. Objects are loose, so that fields of a future API survive, and a field that may be
 * missing may also be null: the API's models mark nearly everything as optional.
 */
export const text = z.string().transform(cleaned).nullish();
export const texts = z.array(z.string().transform(cleaned)).nullish();
/** Of anything: GUIDs for the most part. Printable, since it ends in files and records. */
export const entityId = z.string().regex(/^[!-~]{1,200}$/);
export const namedEntity = z.looseObject({ id: text, name: text });

/** Null without an id; what has no name is called by it. */
export const entityOrNull = (
  entity: z.infer<typeof namedEntity> | null | undefined,
): { readonly id: string; readonly name: string } | null =>
  entity?.id ? { id: entity.id, name: entity.name?.trim() ? entity.name : entity.id } : null;

const hasId = (entity: unknown): boolean => z.looseObject({ id: entityId }).safeParse(entity).success;

/**
 * Entities to choose from. Every model of the API marks `id` as optional, and what has none cannot be chosen: it is left
 * out. In a set that something is done to it must not be, so there the whole answer fails.
 */
export const choosable = <T extends z.ZodType>(entity: T) =>
  z
    .array(z.unknown())
    .transform((all) => all.filter(hasId))
    .pipe(z.array(entity))
    .nullish();

/**
 * A listing of these entities. One without any must say that it counts none: an error in its place, or nothing at all,
 * would pass for an empty set otherwise, and nobody in it be found, or protected.
 */
export const listingOf = <T extends z.ZodType>(entities: T) => {
  const count = z.number().nullish();
  return z
    .looseObject({ total: count, pageCount: count, entities })
    .refine((listing) => Array.isArray(listing.entities) || listing.total === 0, { path: ['entities'] });
};

/**
 * Whether that is an error in the place of a model whose fields may all be missing, so that anything would pass for it: it
 * has what errors have, and no field of the model.
 */
export const isErrorInPlaceOf = (model: object, value: object): boolean =>
  ['error', 'errors', 'code', 'message'].some((name) => Object.hasOwn(value, name)) &&
  !Object.keys(value).some((name) => Object.hasOwn(model, name));

/** Whether an entity is not a deleted one. */
export const isThere = ({ state }: { readonly state?: string | null | undefined }): boolean =>
  state?.toLowerCase() !== 'deleted';
