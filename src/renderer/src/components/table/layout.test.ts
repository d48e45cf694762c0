import { describe, expect, it } from 'vitest';
import { frozen, initialLayout, MAX_WIDTH, MIN_WIDTH, resized, toggled, tracks } from './layout.ts';
import type { TableColumn } from './types.ts';

const columns: readonly TableColumn<object>[] = [
  { key: 'name', title: 'Name', width: 200, value: () => null },
  { key: 'id', title: 'Id', width: 300, value: () => null, hidden: true },
];
const layout = initialLayout(columns);
const keys = ['name', 'id'];

describe('columns', () => {
  it('start with the width and visibility that they ask for', () => {
    expect(layout).toEqual({ widths: { name: 200, id: 300 }, hidden: new Set(['id']), fluid: true });
  });

  it('keep their width within the bounds', () => {
    expect(resized(layout, 'name', 5).widths['name']).toBe(MIN_WIDTH);
    expect(resized(layout, 'name', 5000).widths['name']).toBe(MAX_WIDTH);
    expect(resized(layout, 'name', 200.4).widths).toEqual({ name: 200, id: 300 });
  });

  it('share the room until somebody sets a width, then keep what they had on the screen', () => {
    expect(tracks(layout, ['name'])).toEqual({ template: '40px minmax(200px, 200fr)', minWidth: 240 });
    const still = frozen(layout, { name: 480 });
    expect(tracks(resized(still, 'id', 100), keys)).toEqual({
      template: '40px 480px 100px 1fr',
      minWidth: 620,
    });
    expect(frozen(still, { name: 1 })).toBe(still);
  });

  it('can be shown and hidden, but the last one stays', () => {
    expect(toggled(layout, 'id', keys).hidden).toEqual(new Set());
    expect(toggled(layout, 'name', keys)).toBe(layout);
  });
});
