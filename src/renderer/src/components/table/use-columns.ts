import { computed, watch, type ShallowRef } from 'vue';
import { fittedWidths } from './fit.ts';
import { fitted, tracks, type ColumnLayout } from './layout.ts';
import type { TableColumn } from './types.ts';

interface Options<Row> {
  readonly rows: () => readonly Row[];
  readonly columns: () => readonly TableColumn<Row>[];
  readonly layout: ShallowRef<ColumnLayout>;
  /** Columns are as wide as what they hold. */
  readonly fit: () => boolean;
}

/** The columns that are shown, and how wide they are. */
export function useColumns<Row>({ rows, columns, layout, fit }: Options<Row>) {
  const visible = computed(() => columns().filter(({ key }) => !layout.value.hidden.has(key)));
  watch(
    rows,
    (now) => {
      if (fit() && now.length > 0) layout.value = fitted(layout.value, fittedWidths(columns(), now));
    },
    { immediate: true },
  );
  return {
    visible,
    measures: computed(() =>
      tracks(
        layout.value,
        visible.value.map(({ key }) => key),
      ),
    ),
  };
}
