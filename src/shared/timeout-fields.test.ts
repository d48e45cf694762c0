import { describe, expect, it } from 'vitest';
import { isSameValue, unknownFieldDifferences } from './timeout-fields.ts';

describe('unknownFieldDifferences', () => {
  it('lists what a restored value brings back beyond the fields that this app knows', () => {
    const current = { idleTokenTimeoutSeconds: 300, same: [1, { a: 2 }], changed: 1, onlyNow: true };
    const restored = { idleTokenTimeoutSeconds: 900, same: [1, { a: 2 }], changed: 2, gone: 'x' };
    expect(unknownFieldDifferences(JSON.stringify(current), JSON.stringify(restored))).toEqual([
      { name: 'changed', from: '1', to: '2' },
      { name: 'gone', from: null, to: '"x"' },
    ]);
  });
});

it('values are the same whatever the order of their fields', () => {
  expect(isSameValue('{"a":1,"b":[{"c":2,"d":3}]}', '{"b":[{"d":3,"c":2}],"a":1}')).toBe(true);
  expect(isSameValue('{"a":1}', '{"a":2}')).toBe(false);
  expect(isSameValue('{"a":[1,2]}', '{"a":[2,1]}')).toBe(false);
});
