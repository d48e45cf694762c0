import { describe, expect, it } from 'vitest';
import { initialLayout, MAX_WIDTH, MIN_WIDTH, resized, toggled } from './layout.ts';
import type { TableColumn } from './types.ts';

const columns: readonly TableColumn<object>[] = [
  { key: 'name', title: 'Name', width: 200, value: () => null },
  { key: 'id', title: 'Id', width: 300, value: () => null, hidden: true },
];
const layout = initialLayout(columns);
const keys = ['name', 'id'];

describe('columns', () => {
  it('start with the width and visibility that they ask for', () => {
    expect(layout).toEqual({ widths: { name: 200, id: 300 }, hidden: new Set(['id']) });
  });

  it('keep their width within the bounds', () => {
    expect(resized(layout, 'name', 5).widths['name']).toBe(MIN_WIDTH);
    expect(resized(layout, 'name', 5000).widths['name']).toBe(MAX_WIDTH);
    expect(resized(layout, 'name', 200.4).widths).toEqual({ name: 200, id: 300 });
  });

  it('can be shown and hidden, but the last one stays', () => {
    expect(toggled(layout, 'id', keys).hidden).toEqual(new Set());
    expect(toggled(layout, 'name', keys)).toBe(layout);
  });
});
