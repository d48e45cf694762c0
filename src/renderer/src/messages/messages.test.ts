import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keychainSentence } from './connection.ts';
import { ERROR_MESSAGES, errorMessage } from './errors.ts';
import {
  counted,
  formatCountdown,
  formatDuration,
  formatLatency,
  formatRough,
  relativeTime,
} from './format.ts';

describe('the catalogue of errors', () => {
  it.each(Object.entries(ERROR_MESSAGES))(
    '%s: says what happened, what it means and what to do',
    (_code, message) => {
      expect(message.title).toMatch(/[^.]$/);
      expect(message.meaning).toMatch(/\.$/);
      expect(message.action).toMatch(/\.$/);
    },
  );

  it('has a title of its own for each code', () => {
    const titles = Object.values(ERROR_MESSAGES).map((message) => message.title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('a refusal', () => {
  it('has words of its own for each code that is mended elsewhere, and the general ones for a new code', () => {
    const of = (apiCode?: string) =>
      errorMessage({
        code: 'forbidden',
        message: 'no',
        details: { ...(apiCode !== undefined && { apiCode }) },
      });
    const codes = [
      'app.not.authorized.for.scope',
      'authz.policy.denied',
      'missing.division.permission',
      'missing.any.division.permissions',
      'not.authorized',
    ];
    const titles = [ERROR_MESSAGES.forbidden, ...codes.map(of)].map(({ title }) => title);
    expect(new Set(titles).size).toBe(codes.length + 1);
    for (const code of ['missing.permissions', 'from.the.future', undefined])
      expect(of(code)).toBe(ERROR_MESSAGES.forbidden);
  });
});

describe('the keychain', () => {
  it('has a sentence of its own for each state', () => {
    const reasons = [
      'missing',
      'no-bus',
      'no-service',
      'unreachable',
      'locked',
      'dismissed',
      'timed-out',
      'damaged',
    ] as const;
    const sentences = reasons.map((reason) => keychainSentence({ kind: 'unavailable', reason, message: '' }));
    sentences.push(keychainSentence({ kind: 'ready' }));
    expect(new Set(sentences).size).toBe(reasons.length + 1);
  });
});

describe('durations', () => {
  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [90, '1 minute 30 seconds'],
    [5400, '1 hour 30 minutes'],
    [28_800, '8 hours'],
    [90_061, '1 day 1 hour'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [-5, '00:00'],
    [252.9, '04:12'],
    [3600, '01:00:00'],
    [86_399, '23:59:59'],
    [172_799, '1 d 23:59:59'],
  ])('%d s left reads %s', (seconds, text) => {
    expect(formatCountdown(seconds)).toBe(text);
  });

  it('never shows a countdown longer than the time that is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_399 }), (seconds) => {
        const total = formatCountdown(seconds)
          .split(':')
          .reduce((sum, part) => sum * 60 + Number(part), 0);
        return total === seconds;
      }),
    );
  });
});

describe('relative times', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it.each([
    ['2026-11-21T11:59:58Z', 'just now'],
    ['2026-11-21T12:00:30Z', 'in 30 seconds'],
    ['2026-11-21T11:55:00Z', '5 minutes ago'],
    ['2026-11-20T11:00:00Z', 'yesterday'],
    ['never', 'never'],
  ])('%s reads %s', (iso, text) => {
    expect(relativeTime(iso, now)).toBe(text);
  });
});

describe('small things', () => {
  it('counts with the right noun', () => {
    expect(counted(1, 'user')).toBe('1 user');
    expect(counted(0, 'user')).toBe('0 users');
    expect(counted(2, 'reply', 'replies')).toBe('2 replies');
  });

  it('writes latencies as people say them', () => {
    expect(formatLatency(83.6)).toBe('84 ms');
    expect(formatLatency(1234)).toBe('1.2 s');
  });
});

it('a time that is left is said no more exactly than it is known', () => {
  expect([0, 45, 119, 120, 911, 3_629, 7_300].map(formatRough)).toEqual([
    '0 seconds',
    '45 seconds',
    '1 minute 59 seconds',
    '2 minutes',
    '15 minutes',
    '1 hour',
    '2 hours 2 minutes',
  ]);
});
