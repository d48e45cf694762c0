import type { DirectoryEntry, EntryKind, FoundPerson } from '../../../../../shared/directory.ts';
import type { PeopleAnswer } from '../../../stores/directory-search.ts';
import { counted } from '../../../messages/format.ts';
import { countUsers } from '../../../domain/identifiers.ts';
import { personFacts } from '../../../messages/people.ts';
import type { ChosenSource } from '../../../domain/chosen-source.ts';

/** What can be added by pressing Enter. `id` stays with the thing, wherever it moves in the list. */
export type BoxOption = { readonly id: string; readonly name: string; readonly facts: readonly string[] } & (
  | { readonly kind: 'source'; readonly source: ChosenSource }
  | { readonly kind: 'list'; readonly text: string }
);

interface BoxGroup {
  readonly key: string;
  readonly title: string;
  readonly options: readonly BoxOption[];
}

export type FoundEntries = Readonly<Record<EntryKind, readonly DirectoryEntry[]>>;

/** People in the list: with more of them, groups and roles would be out of sight. */
export const SHOWN_PEOPLE = 8;

const TITLES: Readonly<Record<EntryKind, string>> = {
  group: 'Groups',
  role: 'Roles',
  division: 'Divisions',
};

const personOption = (person: FoundPerson): BoxOption => ({
  id: `user-${person.id}`,
  name: person.name,
  facts: personFacts(person),
  kind: 'source',
  source: { kind: 'user', id: person.id, name: person.name },
});

const entryOption = (kind: EntryKind, { id, name, users }: DirectoryEntry): BoxOption => ({
  id: `${kind}-${id}`,
  name,
  facts: users === null ? [] : [counted(users, kind === 'group' ? 'member' : 'user')],
  kind: 'source',
  source: kind === 'division' ? { kind, id, name, inactive: true } : { kind, id, name },
});

/** Whoever has exactly this address or name stands first. */
function byExactness(people: readonly FoundPerson[], text: string): readonly FoundPerson[] {
  const wanted = text.toLowerCase();
  const rank = ({ name, email, id }: FoundPerson): number => {
    const lower = name.toLowerCase();
    if (email?.toLowerCase() === wanted || lower === wanted || id.toLowerCase() === wanted) return 0;
    return lower.startsWith(wanted) ? 1 : 2;
  };
  return people
    .map((person) => ({ person, rank: rank(person) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ person }) => person);
}

/** Everything that a text can mean, the nearest first. */
export function boxGroups(typed: string, answer: PeopleAnswer, entries: FoundEntries): readonly BoxGroup[] {
  const text = typed.trim();
  const found = answer.kind === 'found' ? answer : { people: [], total: 0 };
  const users = countUsers(text);
  const people = byExactness(found.people, text).slice(0, SHOWN_PEOPLE).map(personOption);
  const asList: BoxOption = {
    id: 'list',
    kind: 'list',
    text,
    name: users > 1 ? `Use these ${counted(users, 'entry', 'entries')} as a list` : `Use “${text}” as a list`,
    facts: users > 1 ? [] : ['It is looked up as it is, and reported if nobody has it.'],
  };
  const all: BoxOption = {
    id: 'all',
    kind: 'source',
    name:
      found.total === null
        ? `Everyone found by “${text}”`
        : `All ${counted(found.total, 'person', 'people')} found by “${text}”`,
    facts: ['In name, address, department or title; looked up anew.'],
    source: { kind: 'search', field: 'any', text },
  };
  const groups: BoxGroup[] = [
    {
      key: 'list',
      title: 'List',
      options: users > 1 || (users === 1 && answer.kind === 'found' && people.length === 0) ? [asList] : [],
    },
    { key: 'people', title: 'People', options: people },
    ...(['group', 'role', 'division'] as const).map((kind) => ({
      key: kind,
      title: TITLES[kind],
      options: entries[kind].map((entry) => entryOption(kind, entry)),
    })),
    { key: 'all', title: 'Everyone found', options: (found.total ?? found.people.length) > 1 ? [all] : [] },
  ];
  return groups.filter(({ options }) => options.length > 0);
}
