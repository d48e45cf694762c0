import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abilitiesOf } from './permission-risk.ts';

const NONE = {
  'oauth:token:delete': 'missing',
  'directory:organization:admin': 'missing',
  'directory:user:view': 'unknown',
} as const;
const of = (...held: readonly string[]) => abilitiesOf({ allPermissions: held, permissions: NONE });
const RANK = { critical: 0, high: 1, moderate: 2 } as const;

describe('what a token could do', () => {
  it('begins with what outlives the token', () => {
    const { list } = of('directory:user:view', 'oauth:token:delete', 'oauth:client:add');
    expect(list.map(({ danger }) => danger)).toEqual(['critical', 'high', 'moderate']);
    expect(list[0]?.sentence).toContain('OAuth clients');
  });

  it('is the worst for a wildcard, and nothing for nothing', () => {
    expect(of('*').list.length).toBe(of('*:*:*').list.length);
    expect(
      of('oauth:*')
        .list.map(({ permissions }) => permissions)
        .flat(),
    ).toContain('oauth:client:add');
    expect(of()).toEqual({ list: [], others: 0, complete: true });
  });

  it('counts what it has no words for', () => {
    expect(of('presence:userPresence:view', 'directory:user:view').others).toBe(1);
  });

  it('says that client credentials are known in part only', () => {
    const known = abilitiesOf({
      allPermissions: null,
      permissions: { ...NONE, 'oauth:token:delete': 'held' },
    });
    expect(known).toMatchObject({ complete: false, list: [{ permissions: ['oauth:token:delete'] }] });
  });

  it('is always ordered by danger, and never grows smaller with one more permission', () => {
    const permission = fc.constantFrom(
      'oauth:client:add',
      'oauth:*:*',
      'directory:user:*',
      'recording:recording:view',
      'x:y:z',
      '*',
      'audits:audit:view',
    );
    fc.assert(
      fc.property(fc.array(permission), permission, (held, more) => {
        const { list } = of(...held);
        const ranks = list.map(({ danger }) => RANK[danger]);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        expect(of(...held, more).list.length).toBeGreaterThanOrEqual(list.length);
      }),
    );
  });
});
