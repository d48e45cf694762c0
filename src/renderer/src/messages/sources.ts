import { choiceText, sourceName as nameOf, sourceNames } from '../../../shared/choice.ts';
import type { SearchField } from '../../../shared/plan.ts';
import type { Chosen } from '../domain/choice.ts';
import { namedSource, type ChosenSource, type SourceKind } from '../domain/chosen-source.ts';
import { counted } from './format.ts';

/** What a source is, in a word or two. */
const SOURCE_LABELS: Readonly<Record<SourceKind, string>> = {
  list: 'List',
  user: 'Person',
  search: 'Search',
  group: 'Group',
  role: 'Role',
  division: 'Division',
  state: 'State',
  token: 'Last token',
  plan: 'Saved plan',
  everyone: 'Everyone',
};

export const FIELD_LABELS: Readonly<Record<SearchField, string>> = {
  any: 'Name, address, department or title',
  'name-or-email': 'Name or address',
  name: 'Name',
  email: 'Address',
  department: 'Department',
  title: 'Title',
};

/** Name of a source on its card. */
export const sourceName = (source: ChosenSource): string => nameOf(namedSource(source));

/** What kind of source it is, under its name. */
export function sourceNote(source: ChosenSource): string {
  const label = SOURCE_LABELS[source.kind];
  if (source.kind === 'list') return counted(source.preview.rows, 'row');
  if (source.kind === 'plan') return `Saved plan: ${counted(source.preview.users, 'user')} to revoke`;
  if (source.kind === 'division' || source.kind === 'token')
    return source.inactive ? `${label}, inactive users too` : `${label}, active users only`;
  return label;
}

/** The whole choice, e.g. "Customer Care Europe except Engage Supervisor". */
export function choiceSentence(chosen: readonly Pick<Chosen, 'role' | 'source'>[]): string {
  if (chosen.length === 0) return 'Nobody is chosen.';
  const of = (role: Chosen['role']) => chosen.filter((item) => item.role === role);
  const include = of('include');
  if (include.length === 0) return 'Nobody is chosen: there are only exceptions.';
  const names = sourceNames([...include, ...of('exclude')].map(({ source }) => namedSource(source)));
  return choiceText(names.slice(0, include.length), names.slice(include.length));
}
