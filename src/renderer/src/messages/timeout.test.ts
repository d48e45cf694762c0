import { describe, expect, it } from 'vitest';
import type { IdleTimeout, TimeoutChange } from '../../../shared/timeout.ts';
import { timeoutEffects } from '../../../shared/timeout-effects.ts';
import { afterChange } from '../../../shared/timeout-groups.ts';
import { sampleTimeout } from '../testing/samples.ts';
import { effectLabel } from './timeout-effects.ts';
import { timeoutConsequences, timeoutDifferences, timeoutSaving } from '../domain/timeout-change.ts';
import { consequenceText, differenceLabel, saveLabel, timeoutLabel } from './timeout.ts';

const change = { enabled: true, seconds: 900, unit: 'Minutes' } as const;

const differences = (from: IdleTimeout, to: TimeoutChange) =>
  timeoutDifferences(from, to).map((one) => differenceLabel(one, (id) => `group ${id}`));
const consequences = (from: IdleTimeout, to: TimeoutChange) =>
  timeoutConsequences(from, to).map(consequenceText);

describe('a change of the idle timeout', () => {
  it('names only what differs', () => {
    expect(differences(sampleTimeout, change)).toEqual([
      { name: 'Time', from: '30 minutes', to: '15 minutes' },
    ]);
    expect(differences(sampleTimeout, { ...change, seconds: 1800 })).toEqual([]);
    expect(differences({ ...sampleTimeout, enabled: null, seconds: null }, change)).toEqual([
      { name: 'Idle timeout', from: 'not given', to: 'on' },
      { name: 'Time', from: 'not given', to: '15 minutes' },
    ]);
  });

  it('warns of refresh tokens and mobile apps only when it is turned on', () => {
    const turnedOn = consequences({ ...sampleTimeout, enabled: false }, change).join(' ');
    expect(turnedOn).toContain('refresh tokens');
    expect(turnedOn).toContain('mobile apps');
    expect(consequences(sampleTimeout, change).join(' ')).not.toContain('refresh tokens');
  });

  it('says that this app is affected, and that shorter may end sessions at once', () => {
    const words = consequences(sampleTimeout, change).join(' ');
    expect(words).toContain('This app is affected too');
    expect(words).toContain('may end at once');
    expect(consequences(sampleTimeout, { ...change, seconds: 3600 }).join(' ')).not.toContain(
      'may end at once',
    );
  });

  it('puts what happens on the button', () => {
    expect(saveLabel(timeoutSaving(sampleTimeout, change))).toBe('Set idle timeout to 15 minutes');
    expect(saveLabel(timeoutSaving({ ...sampleTimeout, enabled: false }, change))).toBe(
      'Turn on idle timeout at 15 minutes',
    );
    expect(saveLabel(timeoutSaving(sampleTimeout, { ...change, enabled: false }))).toBe(
      'Turn idle timeout off',
    );
  });
});

describe('who gets what', () => {
  const night = {
    enabled: true,
    bundles: [{ priority: 1, timeoutSeconds: 1800, unit: 'Minutes' as const, groupIds: ['n'] }],
  };
  const withGroup = { ...change, groups: night };
  const groupOf = () => ({ name: 'Night shift', people: 210 });

  it('names the group that keeps its time, and everybody else with the new one', () => {
    const effects = timeoutEffects(sampleTimeout, afterChange(sampleTimeout, withGroup));
    expect(effects.map((one) => effectLabel(one, groupOf, { groups: true, activeUsers: 1204 }))).toEqual([
      { key: 'n', who: 'Night shift (210 people)', from: null, to: '30 minutes' },
      { key: 'others', who: 'Everyone else (of 1,204 active users)', from: '30 minutes', to: '15 minutes' },
    ]);
  });

  it('does not warn of a group that keeps what it had', () => {
    expect(consequences(sampleTimeout, withGroup).join(' ')).not.toContain(
      'Members of the groups that change',
    );
    const shorter = {
      ...withGroup,
      groups: { ...night, bundles: [{ ...night.bundles[0]!, timeoutSeconds: 600 }] },
    };
    expect(consequences(sampleTimeout, shorter).join(' ')).toContain('after as little as 10 minutes');
  });
});

describe('timeoutLabel', () => {
  it.each([
    [true, 1800, 'On, 30 minutes'],
    [true, null, 'On'],
    [false, 1800, 'Off'],
    [null, null, 'Not set'],
  ])('%s and %s s is %j', (enabled, seconds, words) => {
    expect(timeoutLabel({ enabled, seconds })).toBe(words);
  });
});
