import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openJsonFile } from './json-file.ts';

const schema = z.object({ n: z.int() });
const now = (): number => Date.UTC(2026, 0, 2, 3, 4, 5);
let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokendesk-json-'));
  path = join(folder, 'settings.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const open = () => openJsonFile({ path, schema, fallback: { n: 0 }, now });

describe('openJsonFile', () => {
  it('starts with the fallback, says nothing and writes nothing when there is no file', async () => {
    const { file, notice } = await open();
    expect(file.value).toEqual({ n: 0 });
    expect(notice).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('replaces the whole file and leaves nothing else behind', async () => {
    const { file } = await open();
    await file.replace({ n: 7 });
    expect(file.value).toEqual({ n: 7 });
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ n: 7 });
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  it('keeps the order of overlapping writes: the last value wins', async () => {
    const { file } = await open();
    await Promise.all([1, 2, 3, 4, 5].map((n) => file.replace({ n })));
    expect((await open()).file.value).toEqual({ n: 5 });
  });

  it('loses none of several changes at once', async () => {
    const file = (await openJsonFile({ path, schema: z.record(z.string(), z.int()), fallback: {}, now }))
      .file;
    const names = ['a', 'b', 'c', 'd'];
    const changes = names.map((name, n) => file.change((value) => ({ ...value, [name]: n })));
    await file.settled();
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ a: 0, b: 1, c: 2, d: 3 });
    expect(await Promise.allSettled(changes)).toHaveLength(4);
  });

  it('goes on after a change that cannot be made', async () => {
    const { file } = await open();
    const failing = file.change(() => {
      throw new Error('not so');
    });
    const next = file.change(({ n }) => ({ n: n + 1 }));
    await expect(failing).rejects.toThrow('not so');
    await next;
    expect(file.value).toEqual({ n: 1 });
  });

  it.each([
    ['is not JSON', '{"n": 1'],
    ['has the wrong shape', '{"n": "one"}'],
    ['is empty', ''],
  ])('keeps a file that %s under another name and says so', async (_what, text) => {
    await writeFile(path, text);
    const { file, notice } = await open();
    expect(file.value).toEqual({ n: 0 });
    const kept = 'settings.json.unreadable-2026-01-02T03-04-05-000Z';
    expect(notice).toContain(kept);
    expect(await readFile(join(folder, kept), 'utf8')).toBe(text);
  });

  it('is removed with the copies of what could not be read, after a write that is under way', async () => {
    await writeFile(path, 'damaged');
    await writeFile(join(folder, 'other.json.unreadable-2026'), '');
    const { file } = await open();
    void file.replace({ n: 1 });
    await file.remove();
    await file.remove();
    expect(await readdir(folder)).toEqual(['other.json.unreadable-2026']);
  });

  it('goes on after a write that failed', async () => {
    const { file } = await open();
    await rm(folder, { recursive: true });
    await expect(file.replace({ n: 1 })).rejects.toMatchObject({
      error: {
        code: 'file-not-writable',
        message: expect.stringMatching(/^settings\.json: ENOENT/) as string,
      },
    });
    expect(file.value).toEqual({ n: 0 });
    folder = await mkdtemp(join(tmpdir(), 'tokendesk-json-'));
    const again = await openJsonFile({ path: join(folder, 'x.json'), schema, fallback: { n: 0 }, now });
    await again.file.replace({ n: 2 });
    expect(again.file.value).toEqual({ n: 2 });
  });
});
