import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile, rename, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProtectedEntry } from '../../shared/plan.ts';
import { createProtectedUsers, MAX_PROTECTED, protectedEntry } from './store.ts';

const ID = '8f2c1e7a-54b0-4c62-9a53-0d1b7c6f2e11';
const ENTRIES: readonly ProtectedEntry[] = [
  { kind: 'user', id: ID, label: 'Ines Albrecht' },
  { kind: 'email', email: 'on.call@example.com' },
  { kind: 'group', id: 'g-1', label: 'On call' },
  { kind: 'role', id: 'r-1', label: 'Admin' },
];
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

let parent = '';
let folder = '';
let file = '';
const store = () => createProtectedUsers(folder, () => NOW);

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tokendesk-protected-'));
  folder = join(parent, 'protected-users');
  file = join(folder, 'c-1.json');
});
afterEach(async () => {
  await rm(parent, { recursive: true });
});

describe('protected users', () => {
  it('are nobody while there is no file, and looking makes none', async () => {
    expect(await store().list('c-1')).toEqual([]);
    expect(await readdir(parent)).toEqual([]);
  });

  it('are read back as they were saved, by connection', async () => {
    expect(await store().save('c-1', ENTRIES, [])).toEqual(ENTRIES);
    expect(await store().list('c-1')).toEqual(ENTRIES);
    expect(await store().list('c-2')).toEqual([]);
    expect(await readdir(folder)).toEqual(['c-1.json']);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('survive being written and read, whoever they are', async () => {
    const text = fc.string({ minLength: 1, maxLength: 100 });
    const entry: fc.Arbitrary<ProtectedEntry> = fc.oneof(
      fc.record({ kind: fc.constant('user' as const), id: fc.uuid(), label: text }),
      fc.record({ kind: fc.constant('email' as const), email: fc.emailAddress({ size: 'small' }) }),
      fc.record({ kind: fc.constantFrom('group' as const, 'role' as const), id: text, label: text }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 20 }), async (entries) => {
        await store().save('c-1', entries, await store().list('c-1'));
        expect(await store().list('c-1')).toEqual(entries);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['is not JSON', '{"version": 1, "entries": ['],
    ['is empty', ''],
    ['is of a later version', '{"version": 2, "entries": []}'],
    ['holds an entry of no kind', '{"version": 1, "entries": [{"kind": "everybody"}]}'],
    ['holds more than a person can keep in mind', tooMany()],
  ])('are never taken for nobody when the file %s', async (_what, text) => {
    await mkdir(folder);
    await writeFile(file, text);
    const unreadable = { error: { code: 'protected-unreadable' } };
    await expect(store().list('c-1')).rejects.toMatchObject(unreadable);
    await expect(store().save('c-1', ENTRIES, [])).rejects.toMatchObject(unreadable);
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('begin anew only when asked, and the old file is kept', async () => {
    await mkdir(folder);
    await writeFile(file, 'damaged');
    expect(await store().reset('c-1')).toEqual([]);
    expect(await store().list('c-1')).toEqual([]);
    const [kept] = await readdir(folder);
    expect(kept).toBe('c-1.json.unreadable-2026-01-02T03-04-05-000Z');
    expect(await readFile(join(folder, kept ?? ''), 'utf8')).toBe('damaged');
    expect(await store().reset('c-2')).toEqual([]);
  });

  it('are left as they were when they cannot be written', async () => {
    await store().save('c-1', ENTRIES, []);
    await rename(folder, `${folder}-away`);
    await symlink(`${folder}-gone`, folder);
    await expect(store().save('c-1', [], ENTRIES)).rejects.toMatchObject({
      error: { code: 'file-not-writable' },
    });
    await rm(folder);
    await rename(`${folder}-away`, folder);
    expect(await store().list('c-1')).toEqual(ENTRIES);
  });

  it('lose nobody whom the person did not agree to', async () => {
    const [first, ...rest] = ENTRIES;
    const changed = { error: { code: 'changed-meanwhile' } };
    await store().save('c-1', ENTRIES, []);
    await expect(store().save('c-1', rest, [])).rejects.toMatchObject(changed);
    await expect(store().save('c-1', [], [first!])).rejects.toMatchObject(changed);
    expect(await store().list('c-1')).toEqual(ENTRIES);
    expect(await store().save('c-1', rest, [first!])).toEqual(rest);
  });

  it('lose nobody to two who save at the same time', async () => {
    const one = store();
    const [first, ...rest] = ENTRIES;
    await one.save('c-1', rest, []);
    const adding = one.save('c-1', ENTRIES, []);
    const stale = one.save('c-1', rest, []);
    await adding;
    await expect(stale).rejects.toMatchObject({ error: { code: 'changed-meanwhile' } });
    expect(await one.list('c-1')).toContainEqual(first);
  });

  it('are forgotten with their connection, and only with it', async () => {
    await store().save('c-1', ENTRIES, []);
    await store().save('c-2', ENTRIES, []);
    await store().forget('c-1');
    await store().forget('c-1');
    expect(await readdir(folder)).toEqual(['c-2.json']);
  });

  it.each(['../settings', 'a/b', 'a\\b', '', '.', 'x'.repeat(101), 'c-1\0'])(
    'are of a connection, and %j is none',
    async (connectionId) => {
      const noSuchItem = { error: { code: 'no-such-item' } };
      await expect(store().save(connectionId, ENTRIES, [])).rejects.toMatchObject(noSuchItem);
      await expect(store().reset(connectionId)).rejects.toMatchObject(noSuchItem);
      await expect(store().forget(connectionId)).rejects.toMatchObject(noSuchItem);
      expect(await readdir(parent)).toEqual([]);
    },
  );
});

it('an entry names one thing in one way', () => {
  for (const entry of ENTRIES) expect(protectedEntry.safeParse(entry).success).toBe(true);
  for (const wrong of [
    { kind: 'user', id: 'not an id', label: '' },
    { kind: 'email', email: 'nobody' },
    { kind: 'email', email: 'a@b.c', id: ID },
    { kind: 'group', id: '', label: 'Empty' },
  ]) {
    expect(protectedEntry.safeParse(wrong).success).toBe(false);
  }
});

function tooMany(): string {
  const entries = Array.from({ length: MAX_PROTECTED + 1 }, (_, index) => ({
    kind: 'email',
    email: `${index}@example.com`,
  }));
  return JSON.stringify({ version: 1, entries });
}
