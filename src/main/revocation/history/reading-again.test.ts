import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlanRow } from '../../../shared/plan.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { journalPath, planPath, writePlan } from '../journal/files.ts';
import type { RecordBody } from '../journal/records.ts';
import { hashRows } from '../plan/plan-file.ts';
import { userId } from '../testing/fake-org.ts';
import { createMemoryJournal, emptyJournal, testHeader } from '../testing/memory-journal.ts';
import { createRuns } from './runs.ts';

const RUN_ID = '20260105-090000-k5ksa810db';
let runsDir = '';
const folder = (): string => join(runsDir, RUN_ID);
beforeEach(async () => {
  runsDir = await mkdtemp(join(tmpdir(), 'reading-again-'));
  await mkdir(folder());
});
afterEach(() => rm(runsDir, { recursive: true, force: true }));

const ROWS: readonly PlanRow[] = [0, 1, 2].map((index) => ({
  ...{ index, input: userId(index), userId: userId(index), name: null, email: null },
  ...{ department: null, division: null, state: 'active', decision: { kind: 'revoke' } },
}));
const revoked = (index: number): RecordBody => ({
  ...{ type: 'outcome', index, userId: userId(index), outcome: 'revoked', note: null },
  ...{ attempts: 1, status: 204, correlationId: null },
});

/** The plan, and a journal with one outcome. @returns writes another outcome behind it. */
async function write(): Promise<(index: number) => Promise<void>> {
  await writePlan(folder(), ROWS);
  const disk = createMemoryJournal();
  const writer = emptyJournal(disk, createManualClock());
  const fits = { runId: RUN_ID, planHash: await hashRows(ROWS), users: ROWS.length, keptBack: 0 };
  await writer.append({ ...testHeader, ...fits });
  await writer.append(revoked(0));
  await writeFile(journalPath(folder()), disk.bytes());
  return async (index) => {
    const before = disk.bytes().length;
    await writer.append(revoked(index));
    await appendFile(journalPath(folder()), disk.bytes().subarray(before));
  };
}

describe('a run that was read', () => {
  it('is read once for its summary and all of it, and again when its journal has grown; its plan is not', async () => {
    const append = await write();
    const runs = createRuns(
      () => runsDir,
      () => 0,
    );
    expect(await runs.list()).toMatchObject([{ counts: { revoked: 1 } }]);
    const first = await runs.load(RUN_ID);
    await append(1);
    expect(await runs.summary(RUN_ID)).toMatchObject({ counts: { revoked: 2 } });
    const second = await runs.load(RUN_ID);
    expect([...second.replayed.settled.keys()]).toEqual([0, 1]);
    expect(second.rows).toBe(first.rows);
  });

  it('is damaged when its plan was changed meanwhile, though it was whole before', async () => {
    const append = await write();
    const runs = createRuns(
      () => runsDir,
      () => 0,
    );
    await runs.load(RUN_ID);
    const plan = await readFile(planPath(folder()), 'utf8');
    await writeFile(planPath(folder()), plan.replace(userId(2), userId(7)));
    await append(1);
    expect(await runs.summary(RUN_ID)).toMatchObject({
      damage: 'The plan of this run was changed after the run began.',
    });
    await expect(runs.load(RUN_ID)).rejects.toMatchObject({ error: { code: 'journal-damaged' } });
  });
});
