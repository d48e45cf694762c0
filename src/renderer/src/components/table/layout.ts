import { shallowRef, type ShallowRef } from 'vue';
import type { SortState, TableColumn } from './types.ts';

/** CSS pixels: narrow enough for a number, wide enough for a long address. */
export const MIN_WIDTH = 72;
export const MAX_WIDTH = 640;
export const WIDTH_STEP = 24;

/** The column of selection boxes, in CSS pixels. */
const BOX_WIDTH = 40;

/** Width and visibility by column key. */
export interface ColumnLayout {
  readonly widths: Readonly<Record<string, number>>;
  readonly hidden: ReadonlySet<string>;
  /** Columns share the room that is left, until somebody sets a width. */
  readonly fluid: boolean;
}

/** @returns the layout with this column's width, held within the bounds. */
export function resized(layout: ColumnLayout, key: string, width: number): ColumnLayout {
  const held = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
  return { ...layout, fluid: false, widths: { ...layout.widths, [key]: held } };
}

/** @returns the layout with the widths that the columns have on the screen, so that resizing one moves no other. */
export function frozen(layout: ColumnLayout, measured: Readonly<Record<string, number>>): ColumnLayout {
  return layout.fluid ? { ...layout, fluid: false, widths: { ...layout.widths, ...measured } } : layout;
}

/** @returns the value of `grid-template-columns`, and the least width of a row in CSS pixels. */
export function tracks(
  layout: ColumnLayout,
  keys: readonly string[],
): { template: string; minWidth: number } {
  const widths = keys.map((key) => layout.widths[key] ?? MIN_WIDTH);
  const columns = widths.map((width) => (layout.fluid ? `minmax(${width}px, ${width}fr)` : `${width}px`));
  return {
    template: [`${BOX_WIDTH}px`, ...columns, ...(layout.fluid ? [] : ['1fr'])].join(' '),
    minWidth: widths.reduce((sum, width) => sum + width, BOX_WIDTH),
  };
}

/** @returns the layout with this column shown or hidden; the last visible column stays. */
export function toggled(layout: ColumnLayout, key: string, allKeys: readonly string[]): ColumnLayout {
  const hidden = new Set(layout.hidden);
  if (!hidden.delete(key)) hidden.add(key);
  return allKeys.every((other) => hidden.has(other)) ? layout : { ...layout, hidden };
}

/** @returns the layout with these widths, unless somebody has set one. */
export const fitted = (layout: ColumnLayout, widths: ColumnLayout['widths']): ColumnLayout =>
  layout.fluid ? { ...layout, widths } : layout;

/** @returns the layout that the column definitions ask for. */
export function initialLayout(columns: readonly TableColumn<never>[]): ColumnLayout {
  return {
    widths: Object.fromEntries(columns.map((column) => [column.key, column.width])),
    hidden: new Set(columns.filter((column) => column.hidden).map((column) => column.key)),
    fluid: true,
  };
}

/** What a table remembers after its view has gone: coming back finds it as it was left. */
interface TableMemory {
  readonly layout: ShallowRef<ColumnLayout>;
  readonly query: ShallowRef<string>;
  readonly sort: ShallowRef<SortState | null>;
}

const kept = new Map<string, TableMemory>();

/** The memory of the table of this name; one per table of the app, so it stays small. */
export function useTableMemory(name: string, columns: readonly TableColumn<never>[]): TableMemory {
  const known = kept.get(name);
  if (known) return known;
  const memory = {
    layout: shallowRef(initialLayout(columns)),
    query: shallowRef(''),
    sort: shallowRef<SortState | null>(null),
  };
  kept.set(name, memory);
  return memory;
}
