import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearAllOf, extendRange, selectAllOf, selectionOf, toggleRow } from './selection.ts';

const order = Uint32Array.from([4, 2, 0, 3, 1]);

describe('selecting rows', () => {
  it('toggles one row', () => {
    const selected = new Set([1]);
    toggleRow(selected, 2);
    toggleRow(selected, 1);
    expect([...selected]).toEqual([2]);
  });

  it('selects the shown rows between two positions, either way round', () => {
    const down = new Set<number>();
    extendRange(down, order, 1, 1, 3);
    const up = new Set<number>();
    extendRange(up, order, 3, 3, 1);
    expect([...down].sort()).toEqual([0, 2, 3]);
    expect([...up].sort()).toEqual([0, 2, 3]);
  });

  it('lets the old range give way when the range shrinks or turns over', () => {
    const selected = new Set<number>();
    extendRange(selected, order, 2, 2, 4);
    extendRange(selected, order, 2, 4, 1);
    expect([...selected].sort()).toEqual([0, 2]);
  });

  it('selects and clears only what is shown', () => {
    const selected = new Set([9]);
    selectAllOf(selected, order);
    expect(selected.size).toBe(6);
    clearAllOf(selected, order);
    expect([...selected]).toEqual([9]);
  });

  it('says whether none, some or all of the shown rows are selected', () => {
    expect(selectionOf(new Set(), order)).toBe('none');
    expect(selectionOf(new Set([9]), order)).toBe('none');
    expect(selectionOf(new Set([4, 9]), order)).toBe('some');
    expect(selectionOf(new Set([0, 1, 2, 3, 4]), order)).toBe('all');
    expect(selectionOf(new Set([1, 2, 3, 4, 8]), order)).toBe('some');
    expect(selectionOf(new Set([1]), new Uint32Array())).toBe('none');
  });

  it('holds, after any walk with Shift, exactly the rows from the anchor to the last position', () => {
    const position = fc.nat({ max: 19 });
    const shown = Uint32Array.from({ length: 20 }, (_, i) => 19 - i);
    fc.assert(
      fc.property(position, fc.array(position, { minLength: 1 }), (anchor, walk) => {
        const selected = new Set<number>([100]);
        let from = anchor;
        for (const to of walk) {
          extendRange(selected, shown, anchor, from, to);
          from = to;
        }
        const range = [...shown].slice(Math.min(anchor, from), Math.max(anchor, from) + 1);
        expect(selected).toEqual(new Set([100, ...range]));
      }),
    );
  });
});
