import { describe, expect, it } from 'vitest';
import { listsForTests, seeded } from './testing.ts';

describe('a column that says whom to revoke', () => {
  it('keeps rows back with its own words, and counts who stands in them', async () => {
    const lists = listsForTests(seeded());
    const preview = await lists.fromText('Email,Revoke?\na@x.org,yes\nb@x.org,no\nc@x.org,\n');
    expect(preview).toMatchObject({ identifierColumn: 0, leftOutUsers: { ids: 0, emails: 2 } });
    expect(await lists.identifiers(preview.listId, 0)).toMatchObject([
      { kind: 'email', key: 'a@x.org' },
      { kind: 'nobody', note: 'The column “Revoke?” says “no”.' },
      { kind: 'nobody', note: 'The column “Revoke?” is empty.' },
    ]);
  });

  it.each(['Revoke reason', 'Revoked', 'Blocked', 'Block credential', 'Status', 'Active'])(
    'is not “%s”',
    async (heading) => {
      const lists = listsForTests(seeded());
      const preview = await lists.fromText(`Email,${heading}\na@x.org,no\nb@x.org,yes\n`);
      expect((await lists.identifiers(preview.listId, 0)).map(({ key }) => key)).toEqual([
        'a@x.org',
        'b@x.org',
      ]);
    },
  );

  it('decides nothing where its cells say anything else', async () => {
    const lists = listsForTests(seeded());
    const preview = await lists.fromText('Email,Revoke\na@x.org,no longer here\nb@x.org,no\n');
    expect((await lists.identifiers(preview.listId, 0)).map(({ kind }) => kind)).toEqual(['email', 'email']);
  });
});
