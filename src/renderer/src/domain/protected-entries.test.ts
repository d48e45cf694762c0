import { describe, expect, it } from 'vitest';
import type { ProtectedEntry } from '../../../shared/plan.ts';
import { addsNothing, isUsable } from './protected-entries.ts';

const ID = '01234567-89ab-4def-8123-456789abcdef';
const user = (id: string, label = id): ProtectedEntry => ({ kind: 'user', id, label });

describe('a protected entry', () => {
  it('means the same whatever it is labelled and however it is written', () => {
    expect(addsNothing([user(ID, 'Anna')], user(ID.toUpperCase()))).toBe(true);
    expect(
      addsNothing([{ kind: 'email', email: 'A@b.example' }], { kind: 'email', email: 'a@B.example' }),
    ).toBe(true);
    expect(addsNothing([user(ID)], { kind: 'group', id: ID, label: '' })).toBe(false);
  });

  it.each([
    ['user', ` ${ID} `, true],
    ['user', 'anna@example.com', false],
    ['email', ' anna@example ', true],
    ['email', ID, false],
    ['email', 'anna berg@example', false],
  ] as const)('as %s, %j can be one: %s', (kind, text, usable) => {
    expect(isUsable(kind, text)).toBe(usable);
  });
});
