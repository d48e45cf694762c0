import { describe, expect, it } from 'vitest';
import type { IdleTimeout } from '../../../shared/timeout.ts';
import { consequences, differences, saveLabel, timeoutInWords } from './timeout.ts';

const current: IdleTimeout = {
  enabled: true,
  seconds: 1800,
  unit: 'Minutes',
  groupsEnabled: false,
  groupBundles: [],
  json: '{}',
  readAt: '2026-11-21T12:00:00Z',
};
const change = { enabled: true, seconds: 900, unit: 'Minutes' } as const;

describe('a change of the idle timeout', () => {
  it('names only what differs', () => {
    expect(differences(current, change)).toEqual([{ name: 'Time', from: '30 minutes', to: '15 minutes' }]);
    expect(differences(current, { ...change, seconds: 1800 })).toEqual([]);
    expect(differences({ ...current, enabled: null, seconds: null }, change)).toEqual([
      { name: 'Idle timeout', from: 'not given', to: 'on' },
      { name: 'Time', from: 'not given', to: '15 minutes' },
    ]);
  });

  it('warns of refresh tokens and mobile apps only when it is turned on', () => {
    const turnedOn = consequences({ ...current, enabled: false }, change).join(' ');
    expect(turnedOn).toContain('refresh tokens');
    expect(turnedOn).toContain('mobile apps');
    expect(consequences(current, change).join(' ')).not.toContain('refresh tokens');
  });

  it('says that this app is affected, and that shorter may end sessions at once', () => {
    const words = consequences(current, change).join(' ');
    expect(words).toContain('This app is affected too');
    expect(words).toContain('may end at once');
    expect(consequences(current, { ...change, seconds: 3600 }).join(' ')).not.toContain('may end at once');
  });

  it('puts what happens on the button', () => {
    expect(saveLabel(current, change)).toBe('Set idle timeout to 15 minutes');
    expect(saveLabel({ ...current, enabled: false }, change)).toBe('Turn on idle timeout at 15 minutes');
    expect(saveLabel(current, { ...change, enabled: false })).toBe('Turn idle timeout off');
  });
});

describe('timeoutInWords', () => {
  it.each([
    [true, 1800, 'On, 30 minutes'],
    [true, null, 'On'],
    [false, 1800, 'Off'],
    [null, null, 'Not set'],
  ])('%s and %s s is %j', (enabled, seconds, words) => {
    expect(timeoutInWords({ enabled, seconds })).toBe(words);
  });
});
