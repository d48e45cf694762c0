import type { ListPreview } from '../../../shared/list.ts';
import type { SavedPlan, SearchField, TargetSource, TokenRule } from '../../../shared/plan.ts';
import { counted } from './format.ts';

/** A source as the window knows it: what main keeps for it is shown, not only named. */
export type ChosenSource =
  | { readonly kind: 'list'; readonly preview: ListPreview; readonly column: number | null }
  | { readonly kind: 'plan'; readonly preview: SavedPlan }
  | Exclude<TargetSource, { kind: 'list' | 'plan' }>;

export type SourceKind = ChosenSource['kind'];

interface KindWords {
  readonly label: string;
  readonly one: string;
  readonly many: string;
}

/** In the order of the menu. */
export const SOURCE_WORDS: Readonly<Record<SourceKind, KindWords>> = {
  list: { label: 'List', one: 'list', many: 'lists' },
  search: { label: 'Search', one: 'search', many: 'searches' },
  group: { label: 'Group', one: 'group', many: 'groups' },
  role: { label: 'Role', one: 'role', many: 'roles' },
  division: { label: 'Division', one: 'division', many: 'divisions' },
  state: { label: 'State', one: 'state', many: 'states' },
  token: { label: 'Last token', one: 'token rule', many: 'token rules' },
  plan: { label: 'Saved plan', one: 'saved plan', many: 'saved plans' },
  everyone: { label: 'Everyone', one: 'choice of everyone', many: 'choices of everyone' },
};

export const FIELD_WORDS: Readonly<Record<SearchField, string>> = {
  'name-or-email': 'Name or email',
  name: 'Name',
  email: 'Email',
  department: 'Department',
  title: 'Title',
};

/** A rule about the newest token, e.g. "Last token issued before 2026-08-01". */
export const tokenText = (rule: TokenRule): string =>
  rule.kind === 'never' ? 'Never had a token' : `Last token issued ${rule.kind} ${rule.day}`;

/** Name of a source on its card. */
export function sourceName(source: ChosenSource): string {
  switch (source.kind) {
    case 'list':
    case 'plan':
      return source.preview.name;
    case 'search':
      return `${FIELD_WORDS[source.field]} holds “${source.text}”`;
    case 'token':
      return tokenText(source.rule);
    case 'state':
      return source.state === 'active' ? 'All active users' : 'All inactive users';
    case 'everyone':
      return source.inactive ? 'Everyone, active and inactive' : 'Everyone who is active';
    case 'division':
    case 'group':
    case 'role':
      return source.name;
  }
}

/** What kind of source it is, under its name. */
export function sourceNote(source: ChosenSource): string {
  const { label } = SOURCE_WORDS[source.kind];
  if (source.kind === 'list') return counted(source.preview.rows, 'row');
  if (source.kind === 'plan') return `Saved plan: ${counted(source.preview.users, 'user')} to revoke`;
  if (source.kind === 'division' || source.kind === 'token')
    return source.inactive ? `${label}, inactive users too` : `${label}, active users only`;
  return label;
}

const sum = (sources: readonly ChosenSource[]): string => {
  const [first] = sources;
  if (!first || sources.some(({ kind }) => kind !== first.kind)) return counted(sources.length, 'source');
  const { one, many } = SOURCE_WORDS[first.kind];
  return counted(sources.length, one, many);
};

/**
 * The whole choice, e.g. "412 users from 2 sources, except 1 group".
 * @param users who would be revoked; null while nobody was looked up.
 */
export function choiceSentence(
  include: readonly ChosenSource[],
  exclude: readonly ChosenSource[],
  users: number | null,
): string {
  if (include.length === 0)
    return exclude.length === 0 ? 'Nobody is chosen.' : 'Nobody is chosen: there are only exceptions.';
  const who = `${users === null ? 'Users' : counted(users, 'user')} from ${sum(include)}`;
  return exclude.length === 0 ? `${who}.` : `${who}, except ${sum(exclude)}.`;
}
