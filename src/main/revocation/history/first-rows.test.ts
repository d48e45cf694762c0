import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlanRow } from '../../../shared/plan.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { journalPath, planPath, writePlan } from '../journal/files.ts';
import type { RecordBody } from '../journal/records.ts';
import { hashRows } from '../plan/plan-file.ts';
import { userId } from '../testing/fake-org.ts';
import { createMemoryJournal, emptyJournal, testHeader } from '../testing/memory-journal.ts';
import { firstRowsOf, readFirstRows } from './first-rows.ts';
import { loadRun, readRun, reportRows } from './load.ts';

const RUN_ID = '20260105-090000-k5ksa810db';
let folder = '';

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'tokendesk-first-')), RUN_ID);
  await mkdir(folder);
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const planRow = (index: number, keptBack = false): PlanRow => ({
  index,
  input: userId(index),
  userId: userId(index),
  name: `User ${index}`,
  email: null,
  department: null,
  division: null,
  state: 'active',
  decision: keptBack ? { kind: 'kept-back', reason: 'excluded', note: null } : { kind: 'revoke' },
});

const outcome = (index: number): RecordBody => ({
  type: 'outcome',
  index,
  userId: userId(index),
  outcome: 'revoked',
  note: null,
  attempts: 1,
  status: 200,
  correlationId: null,
});

/** Writes a run whose outcomes came in that order. */
async function write(
  rows: readonly PlanRow[],
  settled: readonly number[],
  over: Partial<typeof testHeader> = {},
): Promise<number> {
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await writePlan(folder, rows);
  const disk = createMemoryJournal();
  const writer = emptyJournal(disk, createManualClock());
  const keptBack = rows.filter(({ decision }) => decision.kind === 'kept-back').length;
  const planHash = await hashRows(rows);
  const fits = { runId: RUN_ID, planHash, users: rows.length - keptBack, keptBack };
  await writer.append({ ...testHeader, ...fits, ...over });
  for (const index of settled) {
    await writer.append({ type: 'intent', index, userId: userId(index) });
    await writer.append(outcome(index));
  }
  const bytes = disk.bytes();
  await writeFile(journalPath(folder), bytes);
  return bytes.length;
}

const wholeReport = async () => [...reportRows(await loadRun(folder, await readRun(folder, RUN_ID)))];
const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

describe('the first rows of a stored report', () => {
  it('are those of the whole report, without reading on', async () => {
    await write(
      numbers(3_000).map((n) => planRow(n, n % 7 === 3)),
      numbers(3_000).filter((n) => n % 7 !== 3),
    );
    const whole = await wholeReport();
    await writeFile(journalPath(folder), 'what stands behind is another matter\n', { flag: 'a' });
    expect(await readFirstRows(folder, RUN_ID, 500)).toEqual(whole.slice(0, 500));
  });

  it('end before the first user whose outcome is not certain yet', async () => {
    // Long before the last user the journal is longer than what is read at once.
    const late = 40;
    const others = numbers(10_000).filter((n) => n !== late);
    await write(
      numbers(10_000).map((n) => planRow(n)),
      [...others, late],
    );
    expect(await readFirstRows(folder, RUN_ID, 500)).toHaveLength(late);
  });

  it('are none of the journal of another run', async () => {
    await write([planRow(0)], [0], { runId: '20260105-090000-0000000000' });
    expect(await readFirstRows(folder, RUN_ID, 500)).toEqual([]);
  });

  it('are none where the journal names other users than the plan, or cannot be read', async () => {
    await write([planRow(1), planRow(0)], [0, 1]);
    expect(await readFirstRows(folder, RUN_ID, 500)).toEqual([]);
    await rm(journalPath(folder));
    expect(await readFirstRows(folder, RUN_ID, 500)).toEqual([]);
  });

  it('are the beginning of the whole report, whatever the order, wherever it was cut or changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(numbers(30)),
        fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 5_000 }),
        fc.record({ cut: part, changed: part }, { requiredKeys: [] }),
        async (settled, kept, count, piece, { cut = 1, changed }) => {
          const rows = numbers(30).map((n) => planRow(n, kept[n]));
          await write(
            rows,
            settled.filter((n) => !kept[n]),
          );
          const whole = await readFile(journalPath(folder));
          if (changed !== undefined) whole[Math.floor(changed * (whole.length - 1))]! ^= 1;
          const journal = whole.subarray(0, Math.ceil(cut * whole.length));
          await writeFile(journalPath(folder), journal);
          const pieces = { plan: [await readFile(planPath(folder))], journal: cutInto(piece, journal) };
          const first = await firstRowsOf(pieces, RUN_ID, count);
          expect(first.length).toBeLessThanOrEqual(count);
          // Without a header that can be read nothing is shown, in either way.
          const report = await wholeReport().catch(() => []);
          expect(first).toEqual(report.slice(0, first.length));
        },
      ),
      { numRuns: 150 },
    );
  });
});

const part = fc.double({ min: 0, max: 1, noNaN: true });

const cutInto = (size: number, bytes: Buffer): readonly Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size));
