import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import { useDensity } from '../../composables/density.ts';
import { useMediaQuery } from '../../composables/use-media-query.ts';
import type { TableRows } from './use-table-rows.ts';

/** Heights in px, of a row and of the head; text is larger in the last. */
const HEIGHTS = { compact: [26, 28], normal: [34, 36], large: [40, 42] } as const;

/** Rows that are drawn above and below those in view. */
const AROUND = 12;

interface DrawnRow<Row> {
  readonly position: number;
  /** Of its upper edge below the head, px. */
  readonly top: number;
  readonly row: Row;
  readonly isSelected: boolean;
}

/** Of all rows those that are in view, and a few around them: all are of one height. */
export function useDrawnRows<Row>(grid: Readonly<Ref<HTMLElement | null>>, table: TableRows<Row>) {
  // In a low window more rows count for more than room around them.
  const low = useMediaQuery('(max-height: 720px)');
  const density = useDensity();
  const heights = computed(
    () => HEIGHTS[low.value && density.value === 'normal' ? 'compact' : density.value],
  );
  const rowHeight = computed(() => heights.value[0]);
  const headHeight = computed(() => heights.value[1]);

  const scrolled = shallowRef(0);
  const seen = shallowRef(0);
  const look = (): void => {
    scrolled.value = grid.value?.scrollTop ?? 0;
    seen.value = grid.value?.clientHeight ?? 0;
  };
  const sizes = new ResizeObserver(look);
  onScopeDispose(() => sizes.disconnect());
  watch(
    grid,
    (now, before) => {
      before?.removeEventListener('scroll', look);
      sizes.disconnect();
      now?.addEventListener('scroll', look, { passive: true });
      if (now) sizes.observe(now);
      look();
    },
    { flush: 'post' },
  );

  const first = computed(() => Math.max(0, Math.floor(scrolled.value / rowHeight.value) - AROUND));
  const behindLast = computed(() =>
    Math.min(
      table.shown.value.length,
      Math.ceil((scrolled.value + seen.value - headHeight.value) / rowHeight.value) + AROUND,
    ),
  );
  const room = (): number => (grid.value?.clientHeight ?? 0) - headHeight.value;
  const scrollTo = (top: number): void => {
    if (grid.value) grid.value.scrollTop = top;
    look();
  };

  return {
    rowHeight,
    headHeight,
    /** Of all rows together, px. */
    height: computed(() => table.shown.value.length * rowHeight.value),
    drawn: computed(() => {
      const drawn: DrawnRow<Row>[] = [];
      for (let position = first.value; position < behindLast.value; position += 1) {
        const row = table.rowAt(position);
        const isSelected = table.isSelectedAt(position);
        if (row !== undefined) drawn.push({ position, top: position * rowHeight.value, row, isSelected });
      }
      return drawn;
    }),
    activeInView: computed(() => {
      const active = table.activePosition.value;
      return active !== null && active >= first.value && active < behindLast.value;
    }),
    /** Rows that fit the view. */
    page: () => Math.floor(room() / rowHeight.value),
    toTop: () => scrollTo(0),
    /** Scrolls as little as it takes for the row to be in view, below the head, which stays. */
    toPosition: (position: number): void => {
      const top = position * rowHeight.value;
      const least = top + rowHeight.value - room();
      if (scrolled.value > top) scrollTo(top);
      else if (scrolled.value < least) scrollTo(least);
    },
  };
}
