import { ref } from 'vue';
import { isList } from '../../../domain/identifiers.ts';
import { useRevokeStore } from '../../../stores/revoke.ts';
import type { BoxOption } from './box-options.ts';
import { useBoxResults } from './use-box-results.ts';
import { useMarkedOption } from './use-marked-option.ts';

/** What the one box does with what is typed, pasted and pressed. */
export function useOneBox(disabled: () => boolean) {
  const revoke = useRevokeStore();
  const text = ref('');
  const open = ref(false);
  const { find, browse, forget, ...results } = useBoxResults(text, open);
  const { marked, mark, markedOption, moves, move } = useMarkedOption(results.options, results.settled, open);

  function changed(): void {
    // What was marked belongs to the former text: Enter must not add it.
    marked.value = null;
    open.value = text.value.trim() !== '';
    if (open.value) find();
    else forget();
  }
  function close(): void {
    open.value = false;
    marked.value = null;
  }
  function clear(): void {
    text.value = '';
    changed();
  }

  async function add(option: BoxOption, role: 'include' | 'exclude', review: boolean): Promise<void> {
    clear();
    if (option.kind === 'list') await revoke.readList(option.text, role);
    else revoke.add(option.source, role);
    if (review) await revoke.resolve();
  }

  function onArrow(step: 1 | -1): void {
    // Nothing typed: a look around.
    if (!open.value && text.value.trim() === '') browse();
    else if (results.options.value.length > 0) move(step);
    else return;
    open.value = true;
  }

  function onEnter(event: KeyboardEvent): void {
    const option = markedOption();
    const review = event.ctrlKey || event.metaKey;
    if (option && open.value) void add(option, event.shiftKey ? 'exclude' : 'include', review);
    // Nothing is typed and somebody is chosen: Enter goes on.
    else if (text.value.trim() === '' && revoke.selection) void revoke.resolve();
  }

  function onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') onArrow(1);
    else if (event.key === 'ArrowUp') onArrow(-1);
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

  return {
    ...results,
    text,
    open,
    marked,
    mark,
    moves,
    changed,
    close,
    add,
    onKey,
    onPaste,
  };
}
