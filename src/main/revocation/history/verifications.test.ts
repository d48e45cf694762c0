import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashLine } from '../journal/chain.ts';
import { addVerification, readVerifications, type VerificationRecord } from './verifications.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verifications-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const record = (calls: number): VerificationRecord => ({
  v: 1,
  at: `2026-01-0${calls}T09:00:00.000Z`,
  journal: 'ab',
  operator: { userId: null, name: 'Zoë' },
  checked: 12,
  unknown: 1,
  calls,
  again: [{ index: 3, userId: 'u-3', tokenIssuedAt: '2026-01-01T09:00:00.000Z' }],
});
const path = (): string => join(folder, 'verifications.jsonl');
const text = (): Promise<string> => readFile(path(), 'utf8');

describe('the record of verifications', () => {
  it('is empty where nobody has asked', async () => {
    expect(await readVerifications(folder)).toMatchObject({ records: [], damage: null });
  });

  it('gives back what was added, each line chained to the one before', async () => {
    await addVerification(folder, record(1));
    await addVerification(folder, record(2));
    expect((await readVerifications(folder)).records).toEqual([record(1), record(2)]);
    const [first = '', second = ''] = (await text()).split('\n');
    expect(JSON.parse(first)).toMatchObject({ seq: 0, prev: '0'.repeat(64) });
    expect(JSON.parse(second)).toMatchObject({ seq: 1, prev: hashLine(Buffer.from(`${first}\n`)) });
  });

  it('passes over a torn last line, and cuts it off before the next is added', async () => {
    await addVerification(folder, record(1));
    await appendFile(path(), '{"seq":1,"v":1,"at":"torn');
    expect(await readVerifications(folder)).toMatchObject({ records: [record(1)], damage: null });
    await addVerification(folder, record(2));
    expect((await readVerifications(folder)).records).toEqual([record(1), record(2)]);
    expect(await text()).not.toContain('torn');
  });

  it('notices a later edit, reads no further, and keeps the damaged file when another is added', async () => {
    for (const calls of [1, 2, 3]) await addVerification(folder, record(calls));
    const edited = (await text()).replace('"checked":12', '"checked":11');
    await writeFile(path(), edited);
    const found = await readVerifications(folder);
    expect(found.records).toHaveLength(1);
    expect(found.damage).toBe('Line 2 of the verifications is damaged.');
    await addVerification(folder, record(4));
    expect((await readVerifications(folder)).records).toEqual([record(4)]);
    const kept = (await readdir(folder)).find((name) => name.includes('damaged')) ?? '';
    expect(await readFile(join(folder, kept), 'utf8')).toBe(edited);
  });
});
