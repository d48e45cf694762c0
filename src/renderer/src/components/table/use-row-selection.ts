import { computed, shallowRef, triggerRef, type Ref } from 'vue';
import { clearAllOf, extendRange, RowSet, selectAllOf, selectionOf, toggleRow } from './selection.ts';

/** Which rows are active and selected: by row number, so that it outlives another order. */
export function useRowSelection(count: () => number, shown: Readonly<Ref<Uint32Array>>) {
  const selected = shallowRef(new RowSet(count()));
  const active = shallowRef<number | null>(null);
  /** Where a range begins. */
  let anchor: number | null = null;

  /** Position of a row among those shown, or null. */
  const positionOf = (row: number | null): number | null => {
    const position = row === null ? -1 : shown.value.indexOf(row);
    return position < 0 ? null : position;
  };
  const activePosition = computed(() => positionOf(active.value));
  const selectionState = computed(() => selectionOf(selected.value, shown.value));

  function activateNumber(row: number): void {
    active.value = row;
    anchor = row;
  }

  function activate(position: number, extend: boolean): void {
    const row = shown.value[position];
    if (row === undefined) return;
    const from = activePosition.value ?? position;
    if (!extend) {
      activateNumber(row);
      return;
    }
    active.value = row;
    const start = positionOf(anchor) ?? from;
    anchor = shown.value[start] ?? row;
    extendRange(selected.value, shown.value, start, from, position);
    triggerRef(selected);
  }

  function toggle(position: number): void {
    const row = shown.value[position];
    if (row === undefined) return;
    toggleRow(selected.value, row);
    activateNumber(row);
    triggerRef(selected);
  }

  function toggleAllShown(): void {
    if (selectionState.value === 'all') clearAllOf(selected.value, shown.value);
    else selectAllOf(selected.value, shown.value);
    triggerRef(selected);
  }

  function clearSelection(): void {
    selected.value = new RowSet(count());
    anchor = null;
  }

  return {
    selected,
    active,
    activePosition,
    selectionState,
    positionOf,
    activate,
    activateNumber,
    toggle,
    toggleAllShown,
    clearSelection,
  };
}
