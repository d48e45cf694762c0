import type { Ref } from 'vue';
import { destination, gridAction, type GridAction } from './keyboard.ts';
import { positionOf } from './use-copying.ts';
import type { RowAction } from './types.ts';
import type { TableRows } from './use-table-rows.ts';

interface Options<Row> {
  readonly grid: Readonly<Ref<HTMLElement | null>>;
  readonly table: TableRows<Row>;
  readonly actions: () => readonly RowAction<Row>[];
  readonly act: (action: RowAction<Row>) => void;
  readonly activate: (position: number, extend: boolean) => void;
  /** Rows that fit the view. */
  readonly page: () => number;
  readonly copy: () => void;
  /** What Enter does with the active row, and a click that is not about the selection. */
  readonly onEnter: () => void;
  readonly onPlainClick: () => void;
  readonly closeDetails: () => void;
}

/** What keys and clicks do in the grid, which is one tab stop: the keys move an active row in it. */
export function useGridInput<Row>(options: Options<Row>) {
  const { grid, table } = options;
  const { activePosition, shown } = table;

  function toggleActive(extend: boolean): void {
    const position = activePosition.value;
    if (position === null) return;
    if (extend) table.activate(position, true);
    else table.toggle(position);
  }

  /** By the keyboard the menu opens at the active row, as by the mouse it opens where the pointer is. */
  function openMenu(): void {
    const line = grid.value?.querySelector(`[data-position="${activePosition.value}"]`);
    if (!line) return;
    const { left, bottom } = line.getBoundingClientRect();
    line.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 48, clientY: bottom }),
    );
  }

  function perform(action: GridAction): void {
    switch (action.kind) {
      case 'move': {
        const to = destination(action.step, activePosition.value, shown.value.length, options.page());
        if (to !== null) options.activate(to, action.extend);
        return;
      }
      case 'toggle':
        toggleActive(action.extend);
        return;
      case 'select-all':
        table.toggleAllShown();
        return;
      case 'copy':
        options.copy();
        return;
      case 'details':
        options.onEnter();
        return;
      case 'menu':
        openMenu();
        return;
      case 'clear':
        options.closeDetails();
        table.clearSelection();
    }
  }

  function onKey(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const ofRows = plain ? options.actions().find(({ shortcut }) => shortcut === event.key) : undefined;
    const action = gridAction(event);
    if (!action && !ofRows) return;
    event.preventDefault();
    if (ofRows) options.act(ofRows);
    else if (action) perform(action);
  }

  function onClick(event: MouseEvent): void {
    const position = positionOf(event);
    if (position === null) return;
    const onBox = (event.target as Element).closest('[data-box]') !== null;
    if (event.shiftKey) table.activate(position, true);
    else if (onBox || event.ctrlKey || event.metaKey) table.toggle(position);
    else {
      table.activate(position, false);
      options.onPlainClick();
    }
  }

  return { onKey, onClick };
}
