import { afterEach, describe, expect, it } from 'vitest';
import { formatDateTime, formatExactTime, formatTime, writeTimes } from './format.ts';

const AT = '2026-11-26T23:05:09Z';

describe('times by setting', () => {
  afterEach(() => writeTimes('system'));

  it('in UTC are of 24 hours, and say so', () => {
    writeTimes('utc');
    expect(formatDateTime(AT)).toMatch(/26.*23:05 UTC$/);
    expect(formatTime(AT)).toBe('23:05:09 UTC');
    expect(formatExactTime(AT)).toMatch(/23:05:09.*UTC/);
  });

  it('with 24 hours have neither AM nor PM', () => {
    writeTimes('24-hour');
    expect(`${formatDateTime(AT)} ${formatTime(AT)}`).not.toMatch(/[AP]M/);
    expect(formatTime(AT)).toMatch(/^\d{2}:05:09$/);
  });

  it('that are none come back as they are', () => {
    writeTimes('utc');
    expect(formatDateTime('soon')).toBe('soon');
  });
});
