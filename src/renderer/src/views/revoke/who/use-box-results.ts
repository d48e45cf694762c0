import { computed, shallowRef, watch, type Ref } from 'vue';
import { usePeopleSearch } from '../../../composables/use-people-search.ts';
import { counted } from '../../../messages/format.ts';
import { useDirectorySearchStore } from '../../../stores/directory-search.ts';
import { useSessionStore } from '../../../stores/session.ts';
import { boxProblems, morePeople } from './box-messages.ts';
import { boxGroups, type FoundEntries } from './box-options.ts';

const NO_ENTRIES: FoundEntries = { group: [], role: [], division: [] };

/** What was found for the text in the box: people, and groups, roles and divisions. */
export function useBoxResults(text: Readonly<Ref<string>>, open: Readonly<Ref<boolean>>) {
  const session = useSessionStore();
  const directory = useDirectorySearchStore();
  const people = usePeopleSearch();
  const entries = shallowRef<FoundEntries>(NO_ENTRIES);
  let asked = 0;

  const mayFindPeople = computed(() => session.permission('directory:user:view') !== 'missing');
  const groups = computed(() => boxGroups(text.value, people.answer.value, entries.value));
  const options = computed(() => groups.value.flatMap((group) => group.options));
  const settled = computed(() => people.answer.value.kind !== 'asking' && !directory.reading);
  const status = computed(() => {
    if (!open.value) return '';
    if (!settled.value) return 'Searching';
    const count = options.value.length;
    return count === 0 ? 'Nothing found' : counted(count, 'result');
  });

  async function findEntries(): Promise<void> {
    const number = (asked += 1);
    const wanted = text.value.trim();
    const [group, role, division] = await Promise.all(
      (['group', 'role', 'division'] as const).map((kind) => directory.entries(kind, wanted)),
    );
    if (number === asked) entries.value = { group: group ?? [], role: role ?? [], division: division ?? [] };
  }
  watch(
    () => directory.names,
    () => void (open.value && findEntries()),
  );

  /** Groups, roles and divisions alone: all of them while nothing is typed. */
  function browse(): void {
    void directory.readNames();
    void findEntries();
  }
  function find(): void {
    browse();
    people.typed(mayFindPeople.value ? text.value : '');
  }
  function forget(): void {
    people.typed('');
    entries.value = NO_ENTRIES;
  }

  return {
    groups,
    options,
    settled,
    status,
    problems: computed(() => boxProblems(mayFindPeople.value, people.answer.value, directory.names)),
    morePeople: computed(() => morePeople(people.answer.value)),
    onFocus: () => directory.readNames(),
    browse,
    find,
    forget,
  };
}
