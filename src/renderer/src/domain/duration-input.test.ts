import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDurationInput, parseDuration, unitFor } from './duration-input.ts';

const minutes = (count: number) => ({ ok: true, seconds: count * 60 });

describe('parseDuration', () => {
  it.each([
    ['45', 45],
    [' 45 min ', 45],
    ['90m', 90],
    ['1h30', 90],
    ['1 h 30 min', 90],
    ['1 hour and 30 minutes', 90],
    ['1:30', 90],
    ['0:45', 45],
    ['1.5 h', 90],
    ['1,5h', 90],
    ['1.1 h', 66],
    ['2 hours', 120],
    ['900 seconds', 15],
    ['8H', 480],
    ['5', 5],
  ])('reads %j', (text, expected) => {
    expect(parseDuration(text)).toEqual(minutes(expected));
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['soon', 'not-understood'],
    ['-45', 'not-understood'],
    ['45 parsecs', 'not-understood'],
    ['1h75', 'not-understood'],
    ['1:5', 'not-understood'],
    ['4', 'too-short'],
    ['0', 'too-short'],
    ['299 s', 'too-short'],
    ['481', 'too-long'],
    ['8 h 1 min', 'too-long'],
    ['301 s', 'not-whole-minutes'],
    ['7.5', 'not-whole-minutes'],
    ['5 constructor', 'not-understood'],
  ])('refuses %j as %s', (text, problem) => {
    expect(parseDuration(text)).toEqual({ ok: false, problem });
  });

  it('reads back every whole minute from 5 minutes to 8 hours as it was written', () => {
    for (let count = 5; count <= 480; count += 1) {
      expect(parseDuration(formatDurationInput(count * 60))).toEqual(minutes(count));
    }
  });

  it('answers every text with a legal value or a problem', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9hms:., ]{0,12}$/)), (text) => {
        const parsed = parseDuration(text);
        return !parsed.ok || (parsed.seconds >= 300 && parsed.seconds <= 28_800 && parsed.seconds % 60 === 0);
      }),
    );
  });
});

describe('unitFor', () => {
  it('shows hours only where they come out even', () => {
    expect(unitFor(3600)).toBe('Hours');
    expect(unitFor(5400)).toBe('Minutes');
  });
});
