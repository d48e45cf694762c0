import { computed, ref, shallowRef } from 'vue';
import { call } from '../../bridge.ts';
import { counted } from '../../messages/format.ts';
import { toTsv } from './copy.ts';
import { idsOf } from './row-ids.ts';
import { cellText, type TableColumn } from './types.ts';
import type { TableRows } from './use-table-rows.ts';

interface Options<Row> {
  readonly table: TableRows<Row>;
  readonly columns: () => readonly TableColumn<Row>[];
  readonly visible: () => readonly TableColumn<Row>[];
}

/** The position of the row under the pointer, or null over the head. */
export function positionOf(event: MouseEvent): number | null {
  const row = (event.target as Element).closest<HTMLElement>('[data-position]');
  return row?.dataset['position'] === undefined ? null : Number(row.dataset['position']);
}

/** Copies cells, rows and their ids, and knows which of them the context menu is about. */
export function useCopying<Row>({ table, columns, visible }: Options<Row>) {
  /** What was copied, for those who do not see it. */
  const spoken = ref('');
  /** What the context menu is about: the row under the pointer, or the selection that it belongs to. */
  const menuRows = shallowRef<readonly Row[]>([]);
  const menuCell = ref('');

  async function copyText(text: string, what: string): Promise<void> {
    const result = await call('app.copyText', { text });
    spoken.value = result.ok ? `Copied ${what}.` : 'It could not be copied.';
  }

  return {
    spoken,
    menuRows,
    menuCell,
    menuIds: computed(() =>
      idsOf(
        columns().find(({ isId }) => isId),
        menuRows.value,
      ),
    ),
    copyText,
    /** Without rows, the selected ones, or else the active one. */
    copy: async (chosen = table.rowsToCopy()): Promise<void> => {
      if (chosen.length > 0) await copyText(toTsv(visible(), chosen), counted(chosen.length, 'row'));
    },
    /** Before the menu opens: what it is about. Over the head there is none. */
    onContextMenu: (event: MouseEvent): void => {
      const position = positionOf(event);
      const row = position === null ? undefined : table.rowAt(position);
      if (position === null || !row) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      if (!table.isSelectedAt(position)) table.activate(position, false);
      menuRows.value = table.isSelectedAt(position) ? table.rowsToCopy() : [row];
      const key = (event.target as Element).closest<HTMLElement>('[data-column]')?.dataset['column'];
      const column = columns().find((shown) => shown.key === key);
      menuCell.value = column ? cellText(column, row) : '';
    },
  };
}
