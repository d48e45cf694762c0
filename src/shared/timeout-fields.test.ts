import { describe, expect, it } from 'vitest';
import { unknownFieldDifferences } from './timeout-fields.ts';

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
