import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OUTCOMES, PAUSE_REASONS } from '../../../shared/run.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryJournal, testHeader } from '../testing/memory-journal.ts';
import { openJournalFile } from './journal-file.ts';
import { JOURNAL_START, readJournal } from './reader.ts';
import type { JournalRecord, RecordBody } from './records.ts';
import { createJournalWriter } from './writer.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const headerFields = {
  type: fc.constant('header' as const),
  v: fc.constant(1),
  runId: text,
  appVersion: text,
  connectionId: text,
  connectionLabel: text,
  region: text,
  orgId: text,
  orgName: text,
  operator: fc.record({ userId: fc.option(text), name: text }),
  reason: text,
  ticket: text,
  planHash: text,
  users: fc.nat(),
  keptBack: fc.nat(),
  dryRun: fc.boolean(),
  parent: fc.option(text, { nil: null }),
};
const header: fc.Arbitrary<RecordBody> = fc.oneof(
  fc.record(headerFields),
  fc.record({ ...headerFields, choice: text }),
);
const pause = {
  kind: fc.constant('paused' as const),
  reason: fc.constantFrom(...PAUSE_REASONS),
  since: text,
  until: fc.option(text),
};
const outcome = {
  type: fc.constant('outcome' as const),
  index: fc.nat(),
  userId: text,
  outcome: fc.constantFrom(...OUTCOMES),
  note: fc.option(text),
  attempts: fc.nat(),
  status: fc.option(fc.nat()),
  correlationId: fc.option(text),
};
const later: fc.Arbitrary<RecordBody> = fc.oneof(
  fc.record({
    type: fc.constant('state' as const),
    state: fc.oneof(
      fc.record({ kind: fc.constantFrom('planned' as const, 'running' as const, 'interrupted' as const) }),
      fc.record({ kind: fc.constantFrom('cancelled' as const, 'finished' as const), at: text }),
      fc.record(pause),
      fc.record({ ...pause, note: text }),
    ),
    why: text,
  }),
  fc.record({ type: fc.constant('intent' as const), index: fc.nat(), userId: text }),
  fc.record(outcome),
  fc.record({ ...outcome, sentAt: text }),
);
const bodies = (maxLength: number): fc.Arbitrary<RecordBody[]> =>
  fc.tuple(header, fc.array(later, { maxLength })).map(([first, rest]) => [first, ...rest]);

async function written(records: readonly RecordBody[]): Promise<Buffer> {
  const file = createMemoryJournal();
  const writer = createJournalWriter(file, JOURNAL_START, createManualClock(), () => undefined);
  await Promise.all(records.map((body) => writer.append(body)));
  await writer.close();
  return file.bytes();
}

async function read(bytes: Uint8Array, pieces = 64) {
  const records: JournalRecord[] = [];
  const chunks = Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, n) =>
    bytes.subarray(n * pieces, (n + 1) * pieces),
  );
  return { records, ...(await readJournal(chunks, (record) => records.push(record))) };
}

const withoutChain = ({ seq: _seq, at: _at, prev: _prev, ...body }: JournalRecord): unknown => body;

describe('the journal', () => {
  it('gives back what was written, however the file is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(bodies(12), fc.integer({ min: 1, max: 400 }), async (records, pieces) => {
        const { records: got, damage, tail } = await read(await written(records), pieces);
        expect(damage).toBeNull();
        expect(got.map(withoutChain)).toEqual(records);
        expect(tail.seq).toBe(records.length);
      }),
      { numRuns: 50 },
    );
  });

  it('torn at any byte, gives the records before the cut and no damage', async () => {
    await fc.assert(
      fc.asyncProperty(bodies(4), async (records) => {
        const bytes = await written(records);
        for (let cut = 0; cut <= bytes.length; cut += 1) {
          const { records: got, damage, tail } = await read(bytes.subarray(0, cut), 4_096);
          const lines = bytes.subarray(0, cut).toString('latin1').split('\n').length - 1;
          expect(damage).toBeNull();
          expect(got.map(withoutChain)).toEqual(records.slice(0, lines));
          expect(tail.length).toBeLessThanOrEqual(cut);
        }
      }),
      { numRuns: 4 },
    );
  });

  it('shows any changed byte before the last line as damage, with what is certain before it', async () => {
    await fc.assert(
      fc.asyncProperty(
        bodies(6),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (records, where, flip) => {
          fc.pre(records.length > 1);
          const bytes = await written(records);
          const lastLine = bytes.lastIndexOf(10, bytes.length - 2) + 1;
          const position = where % lastLine;
          bytes[position] = (bytes[position] ?? 0) ^ flip;
          const { records: got, damage } = await read(bytes);
          const line = bytes.subarray(0, position).toString('latin1').split('\n').length;
          expect(damage).toMatch(/^Line \d+ of the journal is damaged/);
          expect(got.length).toBeLessThanOrEqual(line);
          expect(got.slice(0, line - 1).map(withoutChain)).toEqual(records.slice(0, line - 1));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('takes nothing from a line that was changed in itself, and everything before it', async () => {
    const outcome = (index: number): RecordBody => ({
      ...{ type: 'outcome', index, userId: `user-${index}`, outcome: 'failed', note: null },
      ...{ attempts: 1, status: 500, correlationId: null },
    });
    const records = [testHeader, ...[0, 1, 2, 3].map(outcome)];
    const lines = (await written(records)).toString('utf8').split('\n');
    for (const at of [1, 2, 3]) {
      const claims = lines.with(at, (lines[at] ?? '').replace('"failed"', '"revoked"'));
      const { records: got, damage, tail } = await read(Buffer.from(claims.join('\n')));
      expect(damage).toBe(`Line ${at + 2} of the journal is damaged: it does not fit the line before.`);
      expect(got.map(withoutChain)).toEqual(records.slice(0, at));
      expect(tail.seq).toBe(at);
      // Where its own hash was changed it is this one that is wrong, as the next line tells.
      const unlinked = lines.with(at, (lines[at] ?? '').replace(/"prev":"./, '"prev":"x'));
      expect((await read(Buffer.from(unlinked.join('\n')))).records.map(withoutChain)).toEqual(
        records.slice(0, at),
      );
    }
  });

  it('shows removed, repeated and swapped lines as damage', async () => {
    const records = fc.sample(bodies(6), { numRuns: 20, seed: 7 }).find((r) => r.length > 4) ?? [];
    const lines = (await written(records)).toString('utf8').split('\n').slice(0, -1);
    const [a = '', b = '', c = '', ...rest] = lines;
    for (const changed of [
      [a, c, ...rest],
      [a, b, b, c, ...rest],
      [a, c, b, ...rest],
      [b, c, ...rest],
    ])
      expect((await read(Buffer.from(`${changed.join('\n')}\n`))).damage).not.toBeNull();
  });

  it('goes on after a disk that failed in the middle of a record, without a trace of it', async () => {
    await fc.assert(
      fc.asyncProperty(bodies(5), bodies(3), fc.nat(600), async (before, [, ...after], room) => {
        const file = createMemoryJournal();
        const writer = createJournalWriter(file, JOURNAL_START, createManualClock(), () => undefined);
        for (const body of before) await writer.append(body);
        file.breakAfter(room);
        const answers = await Promise.allSettled(after.map((body) => writer.append(body)));
        file.heal();
        const again = after.filter((_, n) => answers[n]?.status === 'rejected');
        for (const body of again) await writer.append(body);
        const { records, damage } = await read(file.bytes());
        expect(damage).toBeNull();
        expect(records.map(withoutChain)).toEqual([...before, ...after]);
      }),
      { numRuns: 50 },
    );
  });

  it('syncs once for all that was written within a quarter of a second, and says when the disk fails', async () => {
    const clock = createManualClock();
    const file = createMemoryJournal();
    const failures: unknown[] = [];
    let syncs = 0;
    const recovered: number[] = [];
    const counting = {
      ...file,
      recover: (length: number) => {
        recovered.push(length);
        return file.recover(length);
      },
      sync: () => {
        syncs += 1;
        return syncs === 2 ? Promise.reject(new Error('I/O error')) : Promise.resolve();
      },
    };
    const writer = createJournalWriter(counting, JOURNAL_START, clock, (error) => failures.push(error));
    const [first, ...rest] = fc.sample(bodies(8), { numRuns: 20, seed: 3 }).find((r) => r.length > 6) ?? [];
    await writer.append(first!);
    for (const body of rest.slice(0, 5)) {
      await writer.append(body);
      await clock.advance(40);
    }
    await clock.advance(50);
    expect(syncs).toBe(1);
    await writer.append(rest[5]!);
    await clock.advance(250);
    expect([failures.length, writer.lastError]).toEqual([1, failures[0]]);
    expect(recovered).toEqual([0]);
    // What the disk may have dropped is made good before anything else is written.
    const length = file.bytes().length;
    await writer.append(first!);
    expect(recovered).toEqual([0, length]);
    await writer.close();
    await expect(writer.append(first!)).rejects.toThrow('closed');
  });
});

describe('the journal on disk', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'));
    await writeFile(join(folder, 'plan.jsonl'), '');
    await writeFile(join(folder, 'lock'), '');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('cuts a torn last line off before it goes on', async () => {
    const records = fc.sample(bodies(3), { numRuns: 20, seed: 5 }).find((r) => r.length > 3) ?? [];
    const whole = await written(records.slice(0, 2));
    await writeFile(join(folder, 'journal.jsonl'), Buffer.concat([whole, Buffer.from('{"seq":2,"at":"20')]));
    const { tail } = await read(await readFile(join(folder, 'journal.jsonl')));
    const writer = createJournalWriter(
      await openJournalFile(folder),
      tail,
      createManualClock(),
      () => undefined,
    );
    await writer.append(records[2]!);
    await writer.close();
    const after = await read(await readFile(join(folder, 'journal.jsonl')));
    expect(after.damage).toBeNull();
    expect(after.records.map(withoutChain)).toEqual(records.slice(0, 3));
  });
});
