import { computed, ref, shallowRef } from 'vue';
import type { ChosenSource, SourceKind } from '../../domain/chosen-source.ts';
import {
  isSameSource,
  NO_OPTIONS,
  selectionOf,
  type ChoiceOptions,
  type Chosen,
  type RecentChoice,
} from '../../domain/choice.ts';

/**
 * Whom the operator chooses, source by source.
 * @param onChange before each change: a plan of the former choice is over.
 */
export function useSources(onChange: () => void) {
  const chosen = shallowRef<readonly Chosen[]>([]);
  const options = shallowRef<ChoiceOptions>(NO_OPTIONS);
  /** Which kind of source is being filled in. */
  const kind = ref<SourceKind | null>(null);
  /** Key of the source that the form changes instead of adding one. */
  const editing = ref<number | null>(null);
  const selection = computed(() => selectionOf(chosen.value, options.value));
  let keys = 0;

  /** Adds a source, or puts it in the place of the one that is being edited. */
  function add(source: ChosenSource, role: Chosen['role']): void {
    onChange();
    const replaced = editing.value;
    editing.value = null;
    kind.value = null;
    const others = chosen.value.filter((item) => item.key !== replaced && !isSameSource(item.source, source));
    chosen.value = [...others, { key: (keys += 1), role, source, users: null }];
  }

  /** Changes one of the sources; without a change, it is taken away. */
  function change(key: number, to: Partial<Pick<Chosen, 'role' | 'source'>> | null): void {
    onChange();
    if (editing.value === key) editing.value = null;
    chosen.value = chosen.value.flatMap((item) => {
      if (item.key !== key) return [item];
      return to ? [{ ...item, ...to, users: to.source ? null : item.users }] : [];
    });
  }

  function edit({ key, source }: Chosen): void {
    editing.value = key;
    kind.value = source.kind;
  }

  /** Takes up a former choice. Its lists may be closed by now: the look-up says so. */
  function takeUp(former: RecentChoice): void {
    onChange();
    editing.value = null;
    chosen.value = former.chosen.map((item) => ({ ...item, key: (keys += 1) }));
    options.value = former.options;
  }

  function setOptions(part: Partial<ChoiceOptions>): void {
    onChange();
    options.value = { ...options.value, ...part };
  }

  function resetSources(): void {
    chosen.value = [];
    options.value = NO_OPTIONS;
    kind.value = null;
    editing.value = null;
  }

  return { chosen, options, kind, editing, selection, add, change, edit, takeUp, setOptions, resetSources };
}
