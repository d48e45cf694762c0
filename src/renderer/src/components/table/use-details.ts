import { nextTick, ref, watch, type Ref } from 'vue';

interface Options<Row> {
  readonly grid: Readonly<Ref<HTMLElement | null>>;
  readonly details: Readonly<Ref<{ readonly focus: () => void } | null>>;
  readonly activeRow: Readonly<Ref<Row | null>>;
  readonly hasDetails: () => boolean;
  /** The details of this row are on the screen. */
  readonly onLook: (row: Row) => void;
}

/** The panel with the details of the active row, and where the keyboard is when it opens and closes. */
export function useDetails<Row>({ grid, details, activeRow, hasDetails, onLook }: Options<Row>) {
  const detailsOpen = ref(false);
  watch([detailsOpen, activeRow], ([isOpen, row]) => {
    if (isOpen && row !== null) onLook(row);
  });
  return {
    detailsOpen,
    openDetails: async (): Promise<void> => {
      if (!hasDetails() || activeRow.value === null) return;
      detailsOpen.value = true;
      await nextTick();
      details.value?.focus();
    },
    closeDetails: (): void => {
      detailsOpen.value = false;
      grid.value?.focus();
    },
  };
}
