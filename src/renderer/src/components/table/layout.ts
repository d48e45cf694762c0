import { shallowRef, type ShallowRef } from 'vue';
import type { TableColumn } from './types.ts';

/** CSS pixels: narrow enough for a number, wide enough for a long address. */
export const MIN_WIDTH = 72;
export const MAX_WIDTH = 640;
export const WIDTH_STEP = 24;

/** Width and visibility by column key. */
export interface ColumnLayout {
  readonly widths: Readonly<Record<string, number>>;
  readonly hidden: ReadonlySet<string>;
}

/** @returns the layout with this column's width, held within the bounds. */
export function resized(layout: ColumnLayout, key: string, width: number): ColumnLayout {
  const held = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
  return { ...layout, widths: { ...layout.widths, [key]: held } };
}

/** @returns the layout with this column shown or hidden; the last visible column stays. */
export function toggled(layout: ColumnLayout, key: string, allKeys: readonly string[]): ColumnLayout {
  const hidden = new Set(layout.hidden);
  if (!hidden.delete(key)) hidden.add(key);
  return allKeys.every((other) => hidden.has(other)) ? layout : { ...layout, hidden };
}

/** @returns the layout that the column definitions ask for. */
export function initialLayout(columns: readonly TableColumn<never>[]): ColumnLayout {
  return {
    widths: Object.fromEntries(columns.map((column) => [column.key, column.width])),
    hidden: new Set(columns.filter((column) => column.hidden).map((column) => column.key)),
  };
}

const kept = new Map<string, ShallowRef<ColumnLayout>>();

/** The layout of the table of this name: it outlives the view, so that coming back finds it as it was left. */
export function useColumnLayout(
  name: string,
  columns: readonly TableColumn<never>[],
): ShallowRef<ColumnLayout> {
  const known = kept.get(name);
  if (known) return known;
  const layout = shallowRef(initialLayout(columns));
  kept.set(name, layout);
  return layout;
}
