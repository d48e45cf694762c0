import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KeptRecord } from '../../shared/triage.ts';
import { timedId } from '../short-id.ts';
import { createKeptRecords } from './kept-records.ts';

let folder = '';
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'kept-records-')), 'runs');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const record = (recordId: string, over: Partial<KeptRecord> = {}): KeptRecord => ({
  recordId,
  keptAt: '2026-11-26T10:00:00.000Z',
  masked: 'abcd••••••••wxyz',
  who: 'Ana Ruiz',
  organization: 'Acme',
  host: 'api.mypurecloud.de',
  revokedAt: null,
  text: 'Leaked access token of Genesys Cloud\n',
  ...over,
});
/** Always the same character: a is the 10th of base 36. */
const only = (digit: number) => (): number => (digit + 0.5) / 36;
const early = timedId(Date.UTC(2026, 10, 26, 9, 5, 7), only(10));
const late = timedId(Date.UTC(2026, 10, 26, 10, 0, 0), only(11));

it('is kept, found again newest first, replaced by a later one of the same token, and deleted', async () => {
  const records = createKeptRecords(() => folder);
  expect(await records.list()).toEqual([]);
  await records.keep(record(early));
  await records.keep(record(late));
  expect((await records.list()).map(({ recordId }) => recordId)).toEqual([late, early]);
  await records.keep(record(early, { revokedAt: '2026-11-26T10:01:00.000Z' }));
  expect(await records.find(early)).toMatchObject({ revokedAt: '2026-11-26T10:01:00.000Z' });
  expect(await readdir(folder)).toHaveLength(2);
  await records.delete(late);
  expect((await records.list()).map(({ recordId }) => recordId)).toEqual([early]);
});

it('is a file for the person alone, by a name made of its time', async () => {
  await createKeptRecords(() => folder).keep(record(early));
  const path = join(folder, 'leaked-token-20261126-090507-aaaaaaaaaa.json');
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ v: 1, ...record(early) });
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('leaves out what is none, and makes nothing part of a path', async () => {
  const records = createKeptRecords(() => folder);
  await records.keep(record(early));
  await writeFile(join(folder, `leaked-token-${late}.json`), '{"v":1}');
  // One that claims to be another.
  const other = timedId(Date.UTC(2026, 10, 27), only(12));
  await writeFile(join(folder, `leaked-token-${other}.json`), JSON.stringify({ v: 1, ...record(early) }));
  await writeFile(join(folder, 'leaked-token-holiday.json'), '{}');
  expect((await records.list()).map(({ recordId }) => recordId)).toEqual([early]);
  for (const id of ['../settings', '', late, `${early}/x`])
    await expect(records.find(id)).rejects.toMatchObject({ error: { code: 'no-such-item' } });
  await expect(records.delete('../settings')).rejects.toMatchObject({ error: { code: 'no-such-item' } });
});
