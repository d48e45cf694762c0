import { describe, expect, it } from 'vitest';
import { isReactive, reactive } from 'vue';
import { call, plain } from './bridge.ts';
import { installFakeBridge } from './testing/fake-bridge.ts';

describe('plain', () => {
  it('takes the proxies off at every depth', () => {
    const value = reactive({ a: [{ b: 1 }], c: null, d: 'text' });
    const copy = plain(value);
    expect(copy).toEqual({ a: [{ b: 1 }], c: null, d: 'text' });
    expect(isReactive(copy.a)).toBe(false);
    expect(isReactive(copy.a[0])).toBe(false);
  });

  it('passes bytes as they are', () => {
    const bytes = new Uint8Array([1, 2]);
    expect(plain({ bytes }).bytes).toBe(bytes);
  });
});

describe('call', () => {
  it('answers with an error when the border itself breaks', async () => {
    installFakeBridge({
      'app.snapshot': () => {
        throw new Error('no handler');
      },
    });
    expect(await call('app.snapshot', null)).toEqual({
      ok: false,
      error: { code: 'internal', message: 'no handler' },
    });
  });
});
