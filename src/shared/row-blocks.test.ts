import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackedOutcomeRow, packOutcomeRows } from './outcome-block.ts';
import { rowsOf } from './packed-rows.ts';
import { PackedPlanRow, packPlanRows } from './plan-block.ts';
import { KEPT_BACK_REASONS, type PlanDecision, type PlanRow } from './plan.ts';
import { fieldValue, packField, type FieldValue } from './row-blocks.ts';
import type { OutcomeRow } from './run.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const id = fc.uuid();
const time = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString());
const listed = {
  line: fc.nat(),
  details: fc.array(fc.tuple(fc.constantFrom('Team', 'Left on', ''), text), { minLength: 1, maxLength: 4 }),
};

const read = (values: readonly FieldValue[]): readonly FieldValue[] => {
  const field = packField(values);
  return values.map((_, row) => fieldValue(field, row));
};

describe('a packed field', () => {
  const fields: readonly (readonly [string, fc.Arbitrary<FieldValue>])[] = [
    ['few words', nullable(fc.constantFrom('Sales', 'Claims', ''))],
    ['texts', nullable(text)],
    ['ids', nullable(id)],
    ['times', nullable(time)],
    ['numbers', nullable(fc.nat())],
    [
      'anything that looks like an id or a time',
      fc.oneof(id, time, text, fc.constant('00000000-0000-0000-0000-000000000000')),
    ],
  ];
  it.each(fields)('of %s reads as what was packed', (_, value) => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), (values) => {
        expect(read(values)).toEqual(values);
      }),
    );
  });

  it('is small: an id takes 16 bytes, a moment 8, and a word that many share one', () => {
    const many = Array.from({ length: 300 }, (_, n) => n);
    const ids = packField(many.map((n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`));
    expect(ids.kind === 'ids' && ids.bytes.byteLength).toBe(300 * 16);
    const times = packField(many.map((n) => new Date(n).toISOString()));
    expect(times.kind === 'times' && times.times.byteLength).toBe(300 * 8);
    const words = packField(many.map((n) => `Team ${n % 3}`));
    expect(words).toMatchObject({ kind: 'words', words: ['Team 0', 'Team 1', 'Team 2'] });
    expect(words.kind === 'words' && words.codes.byteLength).toBe(300);
  });
});

/** Every field of a row, as anybody reads it. */
const plain = (row: object, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, (row as Record<string, unknown>)[name]]));

describe('a packed row', () => {
  it('of a plan says what the row said', () => {
    const decision: fc.Arbitrary<PlanDecision> = fc.oneof(
      fc.record({ kind: fc.constant('revoke' as const), note: text }, { requiredKeys: ['kind'] }),
      fc.record({
        kind: fc.constant('kept-back' as const),
        reason: fc.constantFrom(...KEPT_BACK_REASONS),
        note: nullable(text),
      }),
    );
    const row = fc.record(
      {
        input: text,
        userId: nullable(id),
        name: nullable(text),
        email: nullable(text),
        department: nullable(text),
        division: nullable(text),
        state: nullable(fc.constantFrom('active', 'inactive', 'deleted')),
        decision,
        ...listed,
      },
      { requiredKeys: ['input', 'userId', 'name', 'email', 'department', 'division', 'state', 'decision'] },
    );
    const names = [
      'index',
      'input',
      'userId',
      'name',
      'email',
      'department',
      'division',
      'state',
      'decision',
      'line',
    ];
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.nat(1_000), (some, from) => {
        const rows: readonly PlanRow[] = some.map((one, n) => ({
          ...one,
          input: n % 2 === 0 ? (one.email ?? one.input) : one.input,
          index: from + n,
        }));
        const packed = rowsOf(packPlanRows(rows, from), PackedPlanRow);
        expect(packed.map((one) => plain(one, names))).toEqual(rows.map((one) => plain(one, names)));
        expect(packed.map(({ details }) => new Set(details?.map(String)))).toEqual(
          rows.map(({ details }) => new Set(details?.map(String))),
        );
      }),
    );
  });

  it('of a report says what the row said', () => {
    const row = fc.record({
      userId: nullable(id),
      name: nullable(text),
      email: nullable(text),
      input: text,
      outcome: fc.constantFrom('revoked', 'failed', 'kept-back', 'not-attempted'),
      note: nullable(text),
      attempts: fc.nat(9),
      status: nullable(fc.nat(599)),
      at: nullable(time),
      correlationId: nullable(fc.oneof(id, text)),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.nat(1_000), (some, from) => {
        const rows: readonly OutcomeRow[] = some.map((one, n) => ({ ...one, index: from + n }));
        const packed = rowsOf(packOutcomeRows(rows, from), PackedOutcomeRow);
        const names = [...Object.keys(rows[0] ?? {}), 'line', 'details'];
        expect(packed.map((one) => plain(one, names))).toEqual(rows.map((one) => plain(one, names)));
      }),
    );
  });
});
