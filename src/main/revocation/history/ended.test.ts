import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../testing/manual-clock.ts';
import { journalPath, writePlan } from '../journal/files.ts';
import type { RecordBody } from '../journal/records.ts';
import { hashRows } from '../plan/plan-file.ts';
import { createMemoryJournal, emptyJournal, testHeader } from '../testing/memory-journal.ts';
import { tellsItsEnd } from './ended.ts';
import { readRun, summarise } from './load.ts';

const RUN_ID = '20260105-090000-k5ksa810db';
let folder = '';

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'tokendesk-ended-')), RUN_ID);
  await mkdir(folder);
  await writePlan(folder, []);
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const at = '2026-01-05T09:00:00.000Z';
const STATES = [
  { kind: 'running' },
  { kind: 'interrupted' },
  { kind: 'finished', at },
  { kind: 'cancelled', at },
] as const;
const records = fc.array(
  fc.oneof(
    fc.constantFrom(...STATES).map((state): RecordBody => ({ type: 'state', state, why: '' })),
    fc.constant<RecordBody>({ type: 'intent', index: 0, userId: 'somebody' }),
  ),
  { maxLength: 8 },
);
const part = fc.double({ min: 0, max: 1, noNaN: true });

async function journalOf(bodies: readonly RecordBody[]): Promise<Buffer> {
  const disk = createMemoryJournal();
  const writer = emptyJournal(disk, createManualClock());
  await writer.append({ ...testHeader, runId: RUN_ID, planHash: await hashRows([]) });
  for (const body of bodies) await writer.append(body);
  return disk.bytes();
}

describe('the end of a journal', () => {
  it('tells that a run has ended only of one that read as a whole is not interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.record({ cut: part, changed: part }, { requiredKeys: [] }),
        async (bodies, { cut = 1, changed }) => {
          const whole = await journalOf(bodies);
          if (changed !== undefined) whole[Math.floor(changed * (whole.length - 1))]! ^= 1;
          await writeFile(journalPath(folder), whole.subarray(0, Math.ceil(cut * whole.length)));
          if (!(await tellsItsEnd(folder))) return;
          const { state, damage } = summarise(await readRun(folder, RUN_ID), false);
          expect(state.kind === 'interrupted' && damage === null).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('tells it of a run that has ended, however long its journal is', async () => {
    const running: RecordBody = { type: 'state', state: { kind: 'running' }, why: 'x'.repeat(3_000) };
    const finished: RecordBody = { type: 'state', state: { kind: 'finished', at }, why: '' };
    await writeFile(journalPath(folder), await journalOf([...Array<RecordBody>(40).fill(running), finished]));
    expect(await tellsItsEnd(folder)).toBe(true);
    await rm(journalPath(folder));
    expect(await tellsItsEnd(folder)).toBe(false);
  });
});
