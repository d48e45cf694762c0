import { ref, watch, type Ref } from 'vue';
import type { BoxOption } from './box-options.ts';

/** Which option Enter adds. */
export function useMarkedOption(
  options: Readonly<Ref<readonly BoxOption[]>>,
  settled: Readonly<Ref<boolean>>,
  open: Readonly<Ref<boolean>>,
) {
  /** Its id; null while nothing is marked. */
  const marked = ref<string | null>(null);
  /** How often a key has moved the mark: then it is brought into view. */
  const moves = ref(0);

  // Only when everything has come is the first one marked: a mark that moves by itself would be pressed by mistake.
  watch([settled, options], () => {
    if (marked.value !== null && options.value.some((option) => option.id === marked.value)) return;
    marked.value = settled.value && open.value ? (options.value[0]?.id ?? null) : null;
  });

  /** Marks the next option, or the one before; behind the last comes the first. */
  function move(step: 1 | -1): void {
    const count = options.value.length;
    const at = options.value.findIndex((option) => option.id === marked.value);
    const next = at < 0 ? (step === 1 ? 0 : count - 1) : (at + step + count) % count;
    marked.value = options.value[next]?.id ?? null;
    moves.value += 1;
  }

  function mark({ id }: BoxOption): void {
    marked.value = id;
  }

  const markedOption = (): BoxOption | undefined => options.value.find(({ id }) => id === marked.value);
  return { marked, mark, markedOption, moves, move };
}
