import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useDirectorySearchStore, type PeopleAnswer } from '../../../stores/directory-search.ts';
import { useRevokeStore } from '../../../stores/revoke.ts';
import { useSessionStore } from '../../../stores/session.ts';
import { errorMessage } from '../../../messages/errors.ts';
import { counted } from '../../../messages/format.ts';
import { isList } from '../../../domain/identifiers.ts';
import { boxGroups, SHOWN_PEOPLE, type BoxOption, type FoundEntries } from './box-options.ts';

const NO_ENTRIES: FoundEntries = { group: [], role: [], division: [] };

/** What the one box knows and does: the text, what was found for it, what is marked, and the keys. */
export function useOneBox(disabled: () => boolean) {
  const revoke = useRevokeStore();
  const session = useSessionStore();
  const directory = useDirectorySearchStore();

  const text = ref('');
  const answer = shallowRef<PeopleAnswer>({ kind: 'none' });
  const entries = shallowRef<FoundEntries>(NO_ENTRIES);
  const open = ref(false);
  /** Id of the option that Enter adds; null while nothing is marked. */
  const marked = ref<string | null>(null);
  /** How often a key has moved the mark: then it is brought into view. */
  const moves = ref(0);

  const mayFindPeople = computed(() => session.permission('directory:user:view') !== 'missing');
  const groups = computed(() => boxGroups(text.value, answer.value, entries.value));
  const options = computed(() => groups.value.flatMap((group) => group.options));
  const settled = computed(() => answer.value.kind !== 'asking' && !directory.reading);
  const status = computed(() => {
    if (!open.value) return '';
    if (!settled.value) return 'Searching';
    const count = options.value.length;
    return count === 0 ? 'Nothing found' : counted(count, 'result');
  });

  const typing = directory.createTyping((next) => {
    answer.value = next;
  });
  onScopeDispose(() => typing.stop());

  let asked = 0;
  async function findEntries(): Promise<void> {
    const mine = (asked += 1);
    const wanted = text.value.trim();
    const [group, role, division] = await Promise.all(
      (['group', 'role', 'division'] as const).map((kind) => directory.entries(kind, wanted)),
    );
    if (mine === asked) entries.value = { group: group ?? [], role: role ?? [], division: division ?? [] };
  }

  function changed(): void {
    // What was marked belongs to the former text: Enter must not add it.
    marked.value = null;
    open.value = text.value.trim() !== '';
    if (!open.value) {
      typing.stop();
      answer.value = { kind: 'none' };
      entries.value = NO_ENTRIES;
      return;
    }
    void directory.readNames();
    void findEntries();
    if (mayFindPeople.value) typing.typed(text.value);
    else answer.value = { kind: 'none' };
  }
  watch(
    () => directory.names,
    () => void (open.value && findEntries()),
  );

  // Only when everything has come is the first one marked: a mark that moves by itself would be pressed by mistake.
  watch([settled, options], () => {
    if (marked.value !== null && options.value.some((option) => option.id === marked.value)) return;
    marked.value = settled.value && open.value ? (options.value[0]?.id ?? null) : null;
  });

  async function move(step: 1 | -1): Promise<void> {
    if (!open.value && text.value.trim() === '') {
      // Nothing typed: a look around.
      open.value = true;
      void directory.readNames();
      await findEntries();
      return;
    }
    const count = options.value.length;
    if (count === 0) return;
    open.value = true;
    const at = options.value.findIndex((option) => option.id === marked.value);
    const next = at < 0 ? (step === 1 ? 0 : count - 1) : (at + step + count) % count;
    marked.value = options.value[next]?.id ?? null;
    moves.value += 1;
  }

  function close(): void {
    open.value = false;
    marked.value = null;
  }
  function clear(): void {
    text.value = '';
    changed();
    close();
  }

  async function add(option: BoxOption, role: 'include' | 'exclude', review: boolean): Promise<void> {
    clear();
    if (option.kind === 'list') await revoke.readList(option.text, role);
    else revoke.add(option.source, role);
    if (review) await revoke.resolve();
  }

  function onEnter(event: KeyboardEvent): void {
    const option = options.value.find((one) => one.id === marked.value);
    const review = event.ctrlKey || event.metaKey;
    if (option && open.value) void add(option, event.shiftKey ? 'exclude' : 'include', review);
    // Nothing is typed and somebody is chosen: Enter goes on.
    else if (text.value.trim() === '' && revoke.selection) void revoke.resolve();
  }

  function onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') void move(1);
    else if (event.key === 'ArrowUp') void move(-1);
    else if (event.key === 'Enter') onEnter(event);
    else if (event.key === 'Escape' && open.value) close();
    else if (event.key === 'Escape' && text.value !== '') clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onPaste(event: ClipboardEvent): void {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (disabled() || !isList(pasted)) return;
    event.preventDefault();
    clear();
    void revoke.readList(pasted, 'include');
  }

  const problems = computed(() => {
    const all: string[] = [];
    if (!mayFindPeople.value)
      all.push(
        'Without the permission “Directory > User > View” people cannot be searched; groups, roles and lists work.',
      );
    if (answer.value.kind === 'failed' && answer.value.error.code !== 'cancelled')
      all.push(
        `People could not be searched: ${errorMessage(answer.value.error).title}. ${answer.value.error.message}`,
      );
    for (const [kind, { problem }] of Object.entries(directory.names ?? {}))
      if (problem) all.push(`The ${kind}s could not be read: ${errorMessage(problem).title}.`);
    return all;
  });
  /** Without a total nobody knows whether there are others, once all places are taken. */
  const morePeople = computed(() => {
    if (answer.value.kind !== 'found') return '';
    const { people, total } = answer.value;
    if (total === null)
      return people.length > SHOWN_PEOPLE ? 'There may be more people. Type more of the name.' : '';
    const more = total - SHOWN_PEOPLE;
    return more > 0 ? `${counted(more, 'more person', 'more people')}. Type more of the name.` : '';
  });

  return {
    text,
    open,
    marked,
    mark: (option: BoxOption): void => {
      marked.value = option.id;
    },
    moves,
    groups,
    options,
    settled,
    status,
    problems,
    morePeople,
    changed,
    close,
    add,
    onKey,
    onPaste,
    onFocus: () => directory.readNames(),
  };
}
