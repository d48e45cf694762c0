import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTimeoutHistory, type Observed } from './history.ts';

let folder = '';
let time = Date.UTC(2026, 10, 21, 12);
let ids = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokendesk-history-'));
  time = Date.UTC(2026, 10, 21, 12);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () =>
  createTimeoutHistory({
    folder,
    now: () => (time += 1000),
    newId: () => `id-${(ids += 1)}`,
  });
const ana: Observed = { connectionId: 'c-1', operator: { userId: 'u-1', name: 'Ana' } };
const value = (seconds: number) => ({ idleTokenTimeoutSeconds: seconds, future: { kept: true } });

describe('the history of the idle timeout', () => {
  it('has each value once, newest first, with time and operator, after a restart too', async () => {
    const history = open();
    await history.record(ana, 'read', value(900));
    await history.record(ana, 'read', value(900));
    await history.record({ ...ana, operator: { userId: null, name: 'Robot' } }, 'written', value(600));
    await history.record(ana, 'read', value(900));
    const { entries, notice } = await open().list('c-1');
    expect(notice).toBeNull();
    expect(entries.map(({ how, operator, value: { seconds } }) => [how, operator, seconds])).toEqual([
      ['read', 'Ana', 900],
      ['written', 'Robot', 600],
      ['read', 'Ana', 900],
    ]);
    const oldest = entries.at(-1)!;
    expect(Date.parse(oldest.lastSeenAt) - Date.parse(oldest.at)).toBe(1000);
  });

  it('gives back the whole object, with fields that nobody knows', async () => {
    const history = open();
    await history.record(ana, 'read', value(900));
    const [entry] = (await history.list('c-1')).entries;
    expect(await open().value('c-1', entry!.id)).toEqual(value(900));
    await expect(history.value('c-1', 'none')).rejects.toMatchObject({ error: { code: 'no-such-item' } });
  });

  it('is kept by connection, and forgotten with it', async () => {
    const history = open();
    await history.record(ana, 'read', value(900));
    await history.record({ ...ana, connectionId: 'c-2' }, 'read', value(600));
    await history.forget('c-1');
    expect((await history.list('c-1')).entries).toEqual([]);
    expect((await history.list('c-2')).entries).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['c-2.json']);
  });

  it('is exported as JSON', async () => {
    const history = open();
    await history.record(ana, 'written', value(900));
    expect(JSON.parse(await history.exportJson('c-1', { organization: 'Acme' }))).toMatchObject({
      format: 'tokendesk-idle-timeout-history',
      organization: 'Acme',
      entries: [{ how: 'written', operator: ana.operator, value: value(900) }],
    });
  });

  it('loses nothing when values come at the same time', async () => {
    const history = open();
    await Promise.all([300, 600, 900].map((seconds) => history.record(ana, 'read', value(seconds))));
    expect((await history.list('c-1')).entries.map((entry) => entry.value.seconds)).toEqual([900, 600, 300]);
  });

  it('is bounded: the oldest go first', async () => {
    const kept = Array.from({ length: 400 }, (_, at) => ({
      id: `old-${at}`,
      how: 'read',
      at: '2026-01-01T00:00:00.000Z',
      lastSeenAt: '2026-01-01T00:00:00.000Z',
      operator: ana.operator,
      value: value(300 + at),
    }));
    await writeFile(join(folder, 'c-1.json'), JSON.stringify({ version: 1, entries: kept }));
    const history = open();
    await history.record(ana, 'read', value(28_800));
    const { entries } = await history.list('c-1');
    expect(entries).toHaveLength(366);
    expect(entries[0]?.value.seconds).toBe(28_800);
    expect(entries.at(-1)?.value.seconds).toBe(300 + 400 - 365);
    // Two values of three million characters do not fit, but undo needs both.
    for (const text of ['a', 'b']) await history.record(ana, 'read', { future: text.repeat(3_000_000) });
    expect((await history.list('c-1')).entries).toHaveLength(2);
  });

  it('begins anew when its file cannot be read, and says where that is kept', async () => {
    await writeFile(join(folder, 'c-1.json'), '{"version": 1, "entries": [{}]}');
    const { entries, notice } = await open().list('c-1');
    expect(entries).toEqual([]);
    expect(notice).toContain('c-1.json could not be read and was kept as');
    expect(await readdir(folder)).toEqual([expect.stringContaining('unreadable')]);
  });

  it('says so when a value cannot be kept', async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    await expect(open().record(ana, 'read', value(900))).rejects.toMatchObject({
      error: { code: 'file-not-writable' },
    });
  });

  it('never writes outside its folder', async () => {
    const history = open();
    const outside = { ...ana, connectionId: '../outside' };
    await expect(history.record(outside, 'read', value(900))).rejects.toThrow();
    await expect(history.forget('../outside')).rejects.toThrow();
    await expect(readFile(join(folder, '..', 'outside.json'))).rejects.toThrow();
  });
});
