import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { destination, gridAction } from './keyboard.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {},
) => gridAction({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

describe('keys of the grid', () => {
  it.each([
    ['ArrowDown', {}, { kind: 'move', step: 'down', extend: false }],
    ['PageUp', { shiftKey: true }, { kind: 'move', step: 'page-up', extend: true }],
    ['End', { ctrlKey: true }, { kind: 'move', step: 'last', extend: false }],
    [' ', {}, { kind: 'toggle', extend: false }],
    [' ', { shiftKey: true }, { kind: 'toggle', extend: true }],
    ['a', { ctrlKey: true }, { kind: 'select-all' }],
    ['c', { metaKey: true }, { kind: 'copy' }],
    ['Enter', {}, { kind: 'details' }],
    ['Escape', {}, { kind: 'clear' }],
  ] as const)('%s with %o', (key, held, action) => {
    expect(press(key, held)).toEqual(action);
  });

  it('leaves every other key alone', () => {
    expect(press('Tab')).toBeNull();
    expect(press('a')).toBeNull();
    expect(press('k', { ctrlKey: true })).toBeNull();
    expect(press('C', { ctrlKey: true, shiftKey: true })).toBeNull();
    expect(press('ArrowDown', { altKey: true })).toBeNull();
  });
});

describe('where a step leads', () => {
  it('begins at the near end when no row is active', () => {
    expect(destination('down', null, 10, 5)).toBe(0);
    expect(destination('up', null, 10, 5)).toBe(9);
  });

  it('keeps one row of the page in sight', () => {
    expect(destination('page-down', 0, 100, 10)).toBe(9);
    expect(destination('page-up', 50, 100, 10)).toBe(41);
  });

  it('stays within the rows, and nowhere when there are none', () => {
    const step = fc.constantFrom('up', 'down', 'page-up', 'page-down', 'first', 'last');
    fc.assert(
      fc.property(step, fc.option(fc.nat()), fc.nat(1000), fc.nat(50), (way, position, count, page) => {
        const to = destination(way, position, count, page);
        if (count === 0) expect(to).toBeNull();
        else expect(to).toSatisfy((n: number) => n >= 0 && n < count);
      }),
    );
  });
});
