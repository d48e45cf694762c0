import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codec } from './codec.mjs';

const { encode, decode } = codec();
const throughJson = (value) => decode(JSON.parse(JSON.stringify(encode(value))));

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  key: fc.oneof(fc.string(), fc.constantFrom('$', 'v', '__proto__', 'constructor')),
});

/**
 * Node finds no equal for an invalid date inside a Set or Map (it compares NaN with ===), so those
 * are compared as lists in their own order, and an invalid date by its word.
 */
function comparable(value) {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value;
  if (value instanceof Set) return ['Set', ...[...value].map(comparable)];
  if (value instanceof Map) return ['Map', ...[...value].map(([k, v]) => [comparable(k), comparable(v)])];
  if (Array.isArray(value)) return Array.from(value, comparable);
  const prototype = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) return value;
  // With a prototype of null, a key `__proto__` stays a key.
  const copy = Object.create(null);
  for (const [key, entry] of Object.entries(value)) copy[key] = comparable(entry);
  return copy;
}

describe('values on the wire', () => {
  it('arrive as structured clone would deliver them', () => {
    fc.assert(
      fc.property(anything, (value) => {
        // Not vitest's toStrictEqual: it compares types by `constructor`, which is one of the keys here.
        assert.deepStrictEqual(comparable(throughJson(value)), comparable(structuredClone(value)));
      }),
    );
  });

  it('arrive when they hold what Node cannot compare', () => {
    for (const value of [new Set([new Date(NaN)]), new Map([[new Date(NaN), new Date(NaN)]])])
      assert.deepStrictEqual(comparable(throughJson(value)), comparable(structuredClone(value)));
  });

  it('keep what JSON has no word for', () => {
    const odd = [undefined, NaN, -0, Infinity, new Date(NaN), new Date(0), /a+/giu, 2n ** 70n];
    expect(throughJson(odd)).toStrictEqual(odd);
    expect(throughJson(new Uint8Array([1, 2, 255]).buffer)).toStrictEqual(new Uint8Array([1, 2, 255]).buffer);
    expect(throughJson(new Uint8Array([9, 1, 2, 9]).subarray(1, 3))).toStrictEqual(new Uint8Array([1, 2]));
  });

  it('keep the kind and the words of an error', () => {
    const error = throughJson(new RangeError('too far'));
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message]).toEqual(['RangeError', 'too far']);
  });

  it.each([
    ['a function', () => 1],
    ['a function inside', { run: () => 1 }],
    ['a symbol', Symbol('s')],
    ['a proxy', new Proxy({ a: 1 }, {})],
    ['a promise', Promise.resolve(1)],
  ])('are refused as Electron refuses them: %s', (_what, value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned.');
  });

  it('leave ordinary rows as they are, so that many of them cost little', () => {
    const row = { id: 'user-1', name: 'Zoë', roles: ['admin'], active: true, count: 3, last: null };
    expect(encode(row)).toStrictEqual(row);
  });
});
