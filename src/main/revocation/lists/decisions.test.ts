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

  it.each(['To be logged out', 'Must be cut off', 'Will be signed out?'])('is “%s”, too', async (heading) => {
    const lists = listsForTests(seeded());
    const preview = await lists.fromText(`Email,${heading}\na@x.org,yes\nb@x.org,no\n`);
    expect((await lists.identifiers(preview.listId, 0)).map(({ kind }) => kind)).toEqual(['email', 'nobody']);
  });

  it.each([
    'Do not revoke',
    'Do not disable',
    'Don’t log out',
    'Nicht anfassen',
    'Não desativar',
    'Not to be revoked',
  ])('keeps back under “%s”', async (heading) => {
    const lists = listsForTests(seeded());
    const preview = await lists.fromText(`Email,${heading}\na@x.org,no\nb@x.org,yes\nc@x.org,\n`);
    expect((await lists.identifiers(preview.listId, 0)).map(({ kind }) => kind)).toEqual([
      'email',
      'nobody',
      'email',
    ]);
  });

  it('decides nothing where its cells say anything else', async () => {
    const lists = listsForTests(seeded());
    const preview = await lists.fromText('Email,Revoke\na@x.org,no longer here\nb@x.org,no\n');
    expect((await lists.identifiers(preview.listId, 0)).map(({ kind }) => kind)).toEqual(['email', 'email']);
  });

  it('is one of remarks for the rows alone in which a remark says so', async () => {
    const lists = listsForTests(seeded());
    const { listId } = await lists.fromText('Email,Notes\na@x.org,\nb@x.org,VIP - exclude\n');
    expect(await lists.identifiers(listId, 0)).toMatchObject([
      { kind: 'email', key: 'a@x.org' },
      { kind: 'nobody', note: 'The column “Notes” says “VIP - exclude”.' },
    ]);
  });

  it('says of whoever stands below a label, or is named as another, that the list does', async () => {
    const lists = listsForTests(seeded());
    const { listId } = await lists.fromText('a@x.org\nnot b@x.org\nKeep:\nc@x.org\n');
    const note = 'The list says that this is somebody else, or to be left alone.';
    expect(await lists.identifiers(listId, 0)).toMatchObject([
      { kind: 'email', key: 'a@x.org' },
      { kind: 'nobody', input: 'not b@x.org', note },
      { kind: 'nobody', input: 'Keep:' },
      { kind: 'nobody', input: 'c@x.org', note },
    ]);
  });
});
