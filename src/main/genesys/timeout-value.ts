import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { IdleTimeout, TimeoutChange, TimeoutGroupBundle } from '../../shared/timeout.ts';
import { isErrorInPlaceOf } from './schemas.ts';

const unit = z.enum(['Minutes', 'Hours']).nullish().catch(null);

/** InactivityTimeoutGroupBundle. */
const groupBundle = z.looseObject({
  priority: z.number(),
  timeoutSeconds: z.number(),
  inactivityTimeoutUnit: unit,
  groups: z.array(z.string()),
});

/** IdleTokenTimeout. Read beside the raw object, which is what is sent back. */
export const idleTimeoutSchema = z.looseObject({
  idleTokenTimeoutSeconds: z.number().nullish(),
  enableIdleTokenTimeout: z.boolean().nullish(),
  inactivityTimeoutUnit: unit,
  inactivityTimeoutGroupsEnabled: z.boolean().nullish(),
  inactivityTimeoutGroupBundles: z.array(groupBundle).nullish(),
});

/** The object as the API's JSON has it, with whatever fields a later API may add. */
export type RawTimeout = Readonly<Record<string, unknown>>;

/** Lets the whole object through when what this app knows of it has its shape. An error is none: saving would send it back. */
export const rawTimeout = z
  .record(z.string(), z.unknown())
  .refine(
    (value) =>
      idleTimeoutSchema.safeParse(value).success && !isErrorInPlaceOf(idleTimeoutSchema.shape, value),
    { error: 'The idle timeout has an unexpected shape.' },
  );

/** @param readAt ISO 8601. @throws ZodError for an object that is no IdleTokenTimeout. */
export function toIdleTimeout(raw: RawTimeout, readAt: string): IdleTimeout {
  const known = idleTimeoutSchema.parse(raw);
  return {
    enabled: known.enableIdleTokenTimeout ?? null,
    seconds: known.idleTokenTimeoutSeconds ?? null,
    unit: known.inactivityTimeoutUnit ?? null,
    groupsEnabled: known.inactivityTimeoutGroupsEnabled ?? null,
    groupBundles: rawBundles(raw).map(toBundle),
    json: JSON.stringify(raw, null, 2),
    readAt,
  };
}

const rawBundles = (raw: RawTimeout): readonly Readonly<Record<string, unknown>>[] =>
  z.array(z.record(z.string(), z.unknown())).catch([]).parse(raw['inactivityTimeoutGroupBundles']);

function toBundle(raw: Readonly<Record<string, unknown>>): TimeoutGroupBundle {
  const { priority, timeoutSeconds, groups, inactivityTimeoutUnit, ...rest } = raw;
  const known = groupBundle.parse({ priority, timeoutSeconds, groups, inactivityTimeoutUnit });
  // A unit from the future is kept like any other field that is not known here.
  const other =
    inactivityTimeoutUnit === undefined || known.inactivityTimeoutUnit
      ? rest
      : { ...rest, inactivityTimeoutUnit };
  return {
    priority: known.priority,
    timeoutSeconds: known.timeoutSeconds,
    unit: known.inactivityTimeoutUnit ?? null,
    groupIds: known.groups,
    ...(Object.keys(other).length > 0 && { other }),
  };
}

/** The fields that a change sets; the others stay as they are. */
export function knownFields({ enabled, seconds, unit: shown, groups }: TimeoutChange): RawTimeout {
  return {
    enableIdleTokenTimeout: enabled,
    ...(seconds !== null && { idleTokenTimeoutSeconds: seconds }),
    ...(shown !== null && { inactivityTimeoutUnit: shown }),
    ...(groups && {
      inactivityTimeoutGroupsEnabled: groups.enabled,
      inactivityTimeoutGroupBundles: groups.bundles.map(toRawBundle),
    }),
  };
}

const toRawBundle = ({ priority, timeoutSeconds, unit: shown, groupIds, other }: TimeoutGroupBundle) => ({
  ...other,
  priority,
  timeoutSeconds,
  ...(shown !== null && { inactivityTimeoutUnit: shown }),
  groups: groupIds,
});

/** Those that this app does not know. */
export const unknownFields = (raw: RawTimeout): RawTimeout =>
  Object.fromEntries(Object.entries(raw).filter(([name]) => !Object.hasOwn(idleTimeoutSchema.shape, name)));

/**
 * Whether every field that was sent came back. With the timeout off its length means nothing, and the API may leave it
 * out; its unit is for display only, and older orgs do not have it. The order of bundles and groups means nothing.
 */
export function isAsSent(wanted: RawTimeout, after: RawTimeout): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const back = after[name];
    if (isDeepStrictEqual(back, value)) return true;
    if (name === 'inactivityTimeoutGroupBundles') return isDeepStrictEqual(ordered(back), ordered(value));
    if (back !== undefined && back !== null) return false;
    return (
      name === 'inactivityTimeoutUnit' ||
      (name === 'idleTokenTimeoutSeconds' && wanted['enableIdleTokenTimeout'] === false)
    );
  });
}

function ordered(value: unknown): unknown {
  const bundles = z.array(groupBundle).nullish().safeParse(value);
  if (!bundles.success) return value;
  return (bundles.data ?? [])
    .map(({ inactivityTimeoutUnit, groups, ...rest }) => ({
      ...rest,
      unit: inactivityTimeoutUnit ?? null,
      groups: [...groups].sort(),
    }))
    .sort((a, b) => a.priority - b.priority);
}
