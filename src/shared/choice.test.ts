import { describe, expect, it } from 'vitest';
import { choiceText, sourceNames, type NamedSource } from './choice.ts';

const division: NamedSource = { kind: 'division', id: 'd', name: 'Customer Care Europe', inactive: true };
const role: NamedSource = { kind: 'role', id: 'r', name: 'Engage Supervisor' };
const text = (include: NamedSource[], exclude: NamedSource[] = []): string => {
  const names = sourceNames([...include, ...exclude]);
  return choiceText(names.slice(0, include.length), names.slice(include.length));
};

describe('the sentence of a choice', () => {
  it('says the whole choice by its names', () => {
    expect(text([division], [role])).toBe('Customer Care Europe except Engage Supervisor');
    expect(
      text([
        { kind: 'list', name: 'leavers.csv' },
        { kind: 'user', id: 'u', name: 'Ana Lopez' },
        { kind: 'state', state: 'inactive' },
      ]),
    ).toBe('leavers.csv, Ana Lopez and All inactive users');
    expect(text([{ ...division, inactive: false }])).toBe('Customer Care Europe (active users)');
    expect(text([], [role])).toBe('');
  });

  it('tells namesakes apart, and does not grow without end', () => {
    expect(text([{ kind: 'group', id: 'g', name: 'Trainers' }], [{ ...role, name: 'Trainers' }])).toBe(
      'Trainers (group) except Trainers (role)',
    );
    const people = Array.from({ length: 40 }, (_, n): NamedSource => ({
      kind: 'user',
      id: `${n}`,
      name: `Person ${n}`,
    }));
    expect(text(people)).toMatch(/Person 11 and 28 more$/);
  });

  it('says a moment and a search in words', () => {
    expect(
      text([{ kind: 'token', rule: { kind: 'before', day: '2026-08-01', time: '14:30' }, inactive: true }]),
    ).toBe('Everyone: last token before 2026-08-01 14:30');
    expect(text([{ kind: 'search', field: 'department', text: 'Legal' }])).toBe(
      'Everyone whose department holds “Legal”',
    );
  });
});
