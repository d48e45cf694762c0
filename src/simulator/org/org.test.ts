import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAscii } from './names.ts';
import { createOrg, DEMO_ORG } from './org.ts';
import { ADMIN_INDEX, LIMITED_ADMIN_INDEX, SUPERVISOR_INDEX } from './structure.ts';

const demo = createOrg(DEMO_ORG);
const users = Array.from({ length: demo.size }, (_, index) => demo.user(index));
const share = (part: readonly unknown[]): number => part.length / users.length;

describe('org', () => {
  it('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.nat(59), (seed, index) => {
        const [a, b] = [createOrg({ seed, users: 60 }), createOrg({ seed, users: 60 })];
        expect(a.user(index)).toEqual(b.user(index));
        expect(createOrg({ seed: seed ^ 1, users: 60 }).user(index).id).not.toBe(a.user(index).id);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps its first users when it grows', () => {
    const larger = createOrg({ ...DEMO_ORG, users: DEMO_ORG.users * 2 });
    expect(users.map(({ index }) => larger.user(index))).toEqual(users);
  });

  it('has ids in the form of UUIDs, each once', () => {
    expect(new Set(demo.ids).size).toBe(demo.size);
    for (const id of demo.ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('has plain ASCII addresses, each once but for two that are shared by two', () => {
    for (const email of demo.emails) expect(email).toMatch(/^[a-z]+\.[a-z]+\d*@fernhollow\.example$/);
    const shared = demo.emails.filter((email) => demo.byEmail(email).length > 1);
    expect(shared).toHaveLength(4);
    expect(new Set(demo.emails).size).toBe(demo.size - 2);
  });

  it('finds users by id and by address without case', () => {
    for (const user of users.slice(0, 100)) {
      expect(demo.byId(user.id.toUpperCase())).toEqual(user);
      expect(demo.byEmail(user.email.toUpperCase())).toContainEqual(user);
    }
    expect(demo.byEmail('nobody@fernhollow.example')).toEqual([]);
  });

  it('has names of many scripts', () => {
    const all = demo.names.join(' ');
    const scripts = [
      'Greek',
      'Cyrillic',
      'Arabic',
      'Hebrew',
      'Devanagari',
      'Han',
      'Hangul',
      'Thai',
      'Hiragana',
    ];
    for (const script of scripts) expect(all).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
  });

  it('has some inactive, some deleted, some without a token, some on a call', () => {
    expect(share(users.filter(({ state }) => state === 'inactive'))).toBeCloseTo(0.04, 1);
    expect(share(users.filter(({ state }) => state === 'deleted'))).toBeCloseTo(0.02, 1);
    expect(share(users.filter(({ lastTokenIssuedAgo }) => lastTokenIssuedAgo === null))).toBeCloseTo(0.1, 1);
    expect(users.filter(({ onCall }) => onCall).length).toBeGreaterThan(5);
    for (const { state, tokens } of users) if (state === 'deleted') expect(tokens).toBe(0);
  });

  it('gives its first three users the permissions they are there for', () => {
    const may = (index: number): readonly string[] => demo.permissionsOf(demo.user(index));
    expect(may(ADMIN_INDEX)).toEqual(
      expect.arrayContaining(['oauth:token:delete', 'directory:organization:admin']),
    );
    expect(may(LIMITED_ADMIN_INDEX)).toContain('directory:organization:admin');
    expect(may(LIMITED_ADMIN_INDEX)).not.toContain('oauth:token:delete');
    expect(may(SUPERVISOR_INDEX)).not.toContain('directory:user:view');
  });
});

describe('toAscii', () => {
  it.each([
    ['Müller', 'muller'],
    ['Łoś', 'los'],
    ['Ødegård', 'odegard'],
    ['Nguyễn', 'nguyen'],
    ['Işık', 'isik'],
  ])('%s → %s', (name, ascii) => expect(toAscii(name)).toBe(ascii));
});
