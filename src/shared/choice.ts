import type { SearchField, TargetSource, TokenRule } from './plan.ts';

/** A source with the name that people know it by. Main names a list and a saved plan by id, the window by preview. */
export type NamedSource =
  | { readonly kind: 'list' | 'plan'; readonly name: string }
  | Exclude<TargetSource, { kind: 'list' | 'plan' }>;

/** Names spelled out in a sentence; further ones are counted. */
const SPELLED_OUT = 12;

const FIELD_PHRASES: Readonly<Record<Exclude<SearchField, 'any'>, string>> = {
  'name-or-email': 'name or address',
  name: 'name',
  email: 'address',
  department: 'department',
  title: 'title',
};

/** A rule about the newest token, e.g. "last token before 2026-08-01 14:30". */
export const tokenRuleText = (rule: TokenRule): string =>
  rule.kind === 'never'
    ? 'never had a token'
    : `last token ${rule.kind} ${rule.day}${rule.time === undefined ? '' : ` ${rule.time}`}`;

const activeOnly = (text: string, inactive: boolean): string => (inactive ? text : `${text} (active users)`);

/** What a source is called in a sentence about the choice. */
export function sourceName(source: NamedSource): string {
  switch (source.kind) {
    case 'list':
    case 'plan':
    case 'user':
    case 'group':
    case 'role':
      return source.name;
    case 'division':
      return activeOnly(source.name, source.inactive);
    case 'search':
      return source.field === 'any'
        ? `Everyone found by “${source.text}”`
        : `Everyone whose ${FIELD_PHRASES[source.field]} holds “${source.text}”`;
    case 'state':
      return source.state === 'active' ? 'All active users' : 'All inactive users';
    case 'token':
      return activeOnly(`Everyone: ${tokenRuleText(source.rule)}`, source.inactive);
    case 'everyone':
      return source.inactive ? 'Everyone, active and inactive' : 'Everyone who is active';
  }
}

const KINDS: Partial<Readonly<Record<NamedSource['kind'], string>>> = {
  group: 'group',
  role: 'role',
  division: 'division',
  list: 'list',
  user: 'user',
};

/** Names of the sources; those that share one are told apart by what they are. */
export function sourceNames(sources: readonly NamedSource[]): readonly string[] {
  const kinds = new Map<string, Set<string>>();
  for (const source of sources) {
    const name = sourceName(source);
    kinds.set(name, (kinds.get(name) ?? new Set()).add(source.kind));
  }
  return sources.map((source) => {
    const name = sourceName(source);
    const kind = KINDS[source.kind];
    return kind !== undefined && (kinds.get(name)?.size ?? 0) > 1 ? `${name} (${kind})` : name;
  });
}

/** "a", "a and b", "a, b and c". */
export const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

const shortened = (names: readonly string[]): string =>
  names.length <= SPELLED_OUT
    ? joined(names)
    : joined([...names.slice(0, SPELLED_OUT), `${names.length - SPELLED_OUT} more`]);

/**
 * The whole choice in one phrase, for the window, the plan and the report, e.g. "Customer Care Europe except Engage
 * Supervisor". Empty when nobody is included.
 */
export function choiceText(include: readonly string[], exclude: readonly string[]): string {
  if (include.length === 0) return '';
  return exclude.length === 0 ? shortened(include) : `${shortened(include)} except ${shortened(exclude)}`;
}
