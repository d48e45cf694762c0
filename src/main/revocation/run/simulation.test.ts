import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacer } from '../../genesys/pacing.ts';
import { cases, PROOF_MS } from '../../hardening/scale.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { Replay } from '../journal/replay.ts';
import { readJournal } from '../journal/reader.ts';
import type { JournalRecord } from '../journal/records.ts';
import { createJournalWriter } from '../journal/writer.ts';
import type { RevokeAnswer } from '../ports.ts';
import {
  answered,
  createFakeOrg,
  revokeRows,
  unclear,
  userId,
  type FakeAnswer,
} from '../testing/fake-org.ts';
import { life, never } from '../testing/crashing-life.ts';
import { createMemoryJournal, testHeader } from '../testing/memory-journal.ts';
import { NO_TRIES } from './classify-answer.ts';
import { createRunner } from './runner.ts';

type Kind = 'normal' | 'unknown' | 'forbidden' | 'refused';
type Trouble = 'none' | 'lost' | 'failed' | 'offline' | 'too-many' | 'signed-out' | 'long-wait';

const TROUBLES: readonly Trouble[] = [
  'none',
  'none',
  'none',
  'none',
  'lost',
  'failed',
  'offline',
  'offline',
  'too-many',
  'signed-out',
  'long-wait',
];

const truth = (kind: Kind): RevokeAnswer => {
  switch (kind) {
    case 'normal':
      return { kind: 'revoked', ...answered };
    case 'unknown':
      return { kind: 'not-found', status: 404, correlationId: 'c' };
    case 'forbidden':
      return { kind: 'forbidden', message: 'missing.any.permissions', status: 403, correlationId: 'c' };
    case 'refused':
      return { kind: 'refused', message: 'bad.request', status: 400, correlationId: 'c' };
  }
};

function respond(kind: Kind, trouble: Trouble): FakeAnswer {
  const applied = kind === 'normal';
  switch (trouble) {
    case 'none':
      return { answer: truth(kind), applied };
    case 'lost':
      return { answer: unclear(), applied };
    case 'failed':
      return { answer: unclear(), applied: false };
    case 'offline':
      return { answer: unclear(true), applied: false };
    case 'too-many':
      return {
        answer: { kind: 'rate-limited', retryAfterMs: null, status: 429, correlationId: null },
        applied: false,
      };
    case 'long-wait':
      return {
        answer: { kind: 'rate-limited', retryAfterMs: 400_000, status: 429, correlationId: null },
        applied: false,
      };
    case 'signed-out':
      return {
        answer: { kind: 'signed-out', message: 'Expired', status: 401, correlationId: null },
        applied: false,
      };
  }
}

const EXPECTED = {
  normal: 'revoked',
  unknown: 'not-found',
  forbidden: 'forbidden',
  refused: 'failed',
} as const;

describe('a run through any trouble', () => {
  it(
    'ends with exactly one true outcome per user, and never calls again for one that is done',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom<Kind>('normal', 'normal', 'normal', 'unknown', 'forbidden', 'refused'), {
            minLength: 1,
            maxLength: 25,
          }),
          fc.array(fc.constantFrom(...TROUBLES), { maxLength: 60 }),
          fc.array(fc.integer({ min: 1, max: 6_000 }), { maxLength: 4 }),
          fc.boolean(),
          // A disk that is full or read-only for some writes, and a clock that is set to another day meanwhile.
          fc.array(fc.boolean(), { maxLength: 30 }),
          fc.array(fc.integer({ min: -3_650, max: 3_650 }), { maxLength: 3 }),
          async (kinds, troubles, crashes, paced, diskTroubles, jumps) => {
            const clock = createManualClock();
            const disk = createMemoryJournal();
            const rows = revokeRows(kinds.length);
            const kindOf = new Map(kinds.map((kind, n) => [userId(n), kind]));
            const revoked = new Map<string, number>();
            const troubled = new Map<string, number>();
            let calls = 0;
            let finished = false;
            let writes = 0;
            let started = false;
            const diskFails = (): boolean => started && diskTroubles[(writes += 1) - 1] === true;
            const jumpsLeft = [...jumps];

            for (const bytes of [...crashes, Infinity]) {
              if (finished) break;
              const replay = new Replay();
              const { tail, damage } = await readJournal([disk.bytes()], (record) => replay.add(record));
              expect(damage).toBeNull();
              const doneBefore = new Set([...replay.settled.keys()].map(userId));
              const app = life(clock, disk, bytes, diskFails);
              const org = createFakeOrg({
                users: [],
                clock: app.clock,
                ...(paced && { pacer: createPacer({ clock: app.clock, limitPerMinute: 300 }) }),
                respond: (id) => {
                  expect(doneBefore).not.toContain(id);
                  const days = calls % 5 === 4 ? jumpsLeft.pop() : undefined;
                  if (days !== undefined) clock.setWallClock(clock.now() + days * 86_400_000);
                  const trouble = troubles[(calls += 1) - 1] ?? 'none';
                  if (trouble !== 'none') troubled.set(id, (troubled.get(id) ?? 0) + 1);
                  const response = respond(kindOf.get(id)!, trouble);
                  if (response.applied) revoked.set(id, (revoked.get(id) ?? 0) + 1);
                  return response;
                },
              });
              const session = {
                ...org.session,
                revokeUserTokens: (id: string, signal: AbortSignal) =>
                  app.isDead() ? never : org.session.revokeUserTokens(id, signal),
              };
              const writer = createJournalWriter(app.file, tail, app.clock, () => undefined);
              if (tail.seq === 0) void writer.append(testHeader);
              const runner = createRunner({
                runId: 'run',
                dryRun: false,
                rows,
                settled: new Map(replay.settled),
                begun: new Map([...replay.open.keys()].map((index) => [index, NO_TRIES])),
                journal: writer,
                session,
                clock: app.clock,
                random: () => 0.5,
                onProgress: ({ state }) => {
                  if (state.kind === 'paused' && state.reason === 'sign-in-needed')
                    void app.clock
                      .sleep(1_000)
                      .then(() => runner.continue(session))
                      .catch(() => undefined); // the disk fails just then: the run waits for it
                },
              });
              started = false; // where nothing can be written, no run begins
              const done = runner.start(tail.seq < 2 ? 'started' : 'resumed').then(() => {
                started = true;
                return runner.ended;
              });
              finished = (await clock.runUntil(Promise.race([done, app.crashed]))) !== 'crashed';
              if (finished)
                expect(Object.values(runner.progress().counts).reduce((a, b) => a + b)).toBe(kinds.length);
            }

            expect(finished).toBe(true);
            const records: JournalRecord[] = [];
            const { damage } = await readJournal([disk.bytes()], (record) => records.push(record));
            expect(damage).toBeNull();
            expect(records.at(-1)).toMatchObject({ type: 'state', state: { kind: 'finished' } });
            const outcomes = records.filter((r) => r.type === 'outcome');
            expect(outcomes.map((o) => o.userId).sort()).toEqual([...kindOf.keys()].sort());
            for (const { userId: id, outcome } of outcomes) {
              const kind = kindOf.get(id)!;
              if (outcome === 'revoked') expect(revoked.get(id)).toBeGreaterThanOrEqual(1);
              // Given up on only after five answers that told nothing.
              if (outcome !== EXPECTED[kind]) {
                expect(outcome).toBe('failed');
                expect(troubled.get(id)).toBeGreaterThanOrEqual(5);
              }
            }
            for (const [id] of revoked) expect(kindOf.get(id)).toBe('normal');
          },
        ),
        { numRuns: cases(1_000, 60) },
      );
    },
    PROOF_MS,
  );
});
