/** The fields of IdleTokenTimeout that this app knows (API as of 2026). */
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'idleTokenTimeoutSeconds',
  'enableIdleTokenTimeout',
  'inactivityTimeoutUnit',
  'inactivityTimeoutGroupsEnabled',
  'inactivityTimeoutGroupBundles',
]);

export interface FieldDifference {
  readonly name: string;
  /** JSON; null where the field is not there. */
  readonly from: string | null;
  readonly to: string;
}

/**
 * Which fields that this app does not know a restored value brings back. Those that only `current` has stay.
 * @param current, restored whole objects as JSON, as `IdleTimeout.json` has them.
 */
export function unknownFieldDifferences(current: string, restored: string): readonly FieldDifference[] {
  const before = fieldsOf(current);
  return [...fieldsOf(restored)].flatMap(([name, to]) => {
    const from = before.get(name) ?? null;
    return KNOWN_FIELDS.has(name) || from === to ? [] : [{ name, from, to }];
  });
}

const fieldsOf = (json: string): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(JSON.parse(json) as Record<string, unknown>).map(([name, value]) => [
      name,
      JSON.stringify(value),
    ]),
  );

/** Keys in one order: what is sent and what is read back name the same fields in another. */
const inOrder = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const ordered = (json: string): string => JSON.stringify(JSON.parse(json), inOrder);

/** Whether two values of the idle timeout, each as its JSON, are the same. */
export const isSameValue = (a: string, b: string): boolean => a === b || ordered(a) === ordered(b);
