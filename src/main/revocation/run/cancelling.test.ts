import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../testing/manual-clock.ts';
import { Replay } from '../journal/replay.ts';
import { readJournal } from '../journal/reader.ts';
import type { JournalRecord } from '../journal/records.ts';
import type { RevokeAnswer } from '../ports.ts';
import { answered, createFakeOrg } from '../testing/fake-org.ts';
import type { MemoryJournal } from '../testing/memory-journal.ts';
import { createTestRun } from '../testing/test-run.ts';
import type { Runner } from './runner.ts';

const revoked: RevokeAnswer = { kind: 'revoked', ...answered };
const notNow: RevokeAnswer = {
  kind: 'rate-limited',
  retryAfterMs: 400_000,
  status: 429,
  correlationId: null,
};

function setUp(users: number, answer: RevokeAnswer, latencyMs = 50) {
  const clock = createManualClock();
  const org = createFakeOrg({
    ...{ users: [], clock, latencyMs: () => latencyMs },
    respond: () => ({ answer, applied: answer === revoked }),
  });
  const { runner, disk } = createTestRun({ users, clock, org });
  const read = async () => {
    const replay = new Replay();
    const records: JournalRecord[] = [];
    await readJournal([disk.bytes()], (record) => {
      replay.add(record);
      records.push(record);
    });
    return { replay, outcomes: records.flatMap((r) => (r.type === 'outcome' ? [r.index] : [])) };
  };
  return { clock, org, runner, disk, read };
}

/** From now on a write takes so long, ms, and some fail. @param fails by their number, from 1. */
function slow(disk: MemoryJournal, wait: () => Promise<void>, fails: (write: number) => boolean): void {
  const before = { ...disk };
  let writes = 0;
  Object.assign(disk, {
    append: async (bytes: Uint8Array) => {
      const failing = fails((writes += 1));
      await wait();
      if (failing) throw new Error('The disk is full.');
      await before.append(bytes);
    },
  });
}

/** The disk is whole again and slow: cancels while it takes what a Continue writes. Resolves at the end of the run. */
async function cancelWhileContinuing({ clock, org, runner, disk }: ReturnType<typeof setUp>): Promise<void> {
  disk.heal();
  slow(
    disk,
    () => clock.sleep(20),
    () => false,
  );
  runner.continue(org.session).catch(() => undefined);
  await clock.advance(10);
  runner.cancel();
  await clock.runUntil(runner.ended);
}

/** Two users, both turned away by the rate limit and waiting; then cancelled, while those writes of the journal fail. */
async function cancelledWaiting(fails: (write: number) => boolean) {
  const { clock, runner, disk, read } = setUp(2, notNow);
  await runner.start('started');
  await clock.advance(1_000);
  slow(disk, () => Promise.resolve(), fails);
  runner.cancel();
  await clock.runUntil(runner.ended);
  return { runner, ...(await read()) };
}

describe('a cancelling that the disk does not take at once', () => {
  it('stands in the journal in the end, with the outcomes that follow from it', async () => {
    const { replay } = await cancelledWaiting((write) => write === 1);
    expect(replay.state.kind).toBe('cancelled');
    expect([...replay.settled.values()].map(({ outcome }) => outcome)).toEqual(
      Array(2).fill('not-attempted'),
    );
  });

  it('leaves nobody out of a run that can be resumed, because it never stands there', async () => {
    const { replay, runner } = await cancelledWaiting((write) => write % 2 === 1);
    if (replay.state.kind !== 'cancelled') expect(replay.settled.size).toBe(0);
    const { counts } = runner.progress();
    expect(counts.failed + counts['not-attempted']).toBe(2);
  });

  it('and where nothing is taken, the window counts as the journal says', async () => {
    const { replay, runner } = await cancelledWaiting(() => true);
    expect([replay.state.kind, replay.settled.size, replay.open.size]).toEqual(['paused', 0, 2]);
    expect(runner.progress().counts).toMatchObject({ failed: 2, 'not-attempted': 0 });
  });
});

describe('a cancelling', () => {
  it('stands behind a pause that could not be written before it', async () => {
    const { clock, runner, disk, read } = setUp(20, revoked, 2_000);
    await runner.start('started');
    await clock.advance(1_000);
    slow(
      disk,
      () => Promise.resolve(),
      (write) => write === 1,
    );
    runner.pause();
    await clock.advance(100);
    runner.cancel();
    await clock.runUntil(runner.ended);
    expect((await read()).replay.state.kind).toBe('cancelled');
  });

  it('stands behind a Continue that the slow disk was still taking', async () => {
    const run = setUp(20, revoked, 2_000);
    const { clock, runner, disk, read } = run;
    await runner.start('started');
    await clock.advance(100);
    disk.breakAfter(0);
    runner.pause();
    await clock.advance(100);
    await cancelWhileContinuing(run);
    expect((await read()).replay.state.kind).toBe('cancelled');
  });

  it('while what could not be written before is being written, writes each of it once', async () => {
    const run = setUp(6, revoked);
    const { clock, org, runner, disk, read } = run;
    await runner.start('started');
    await clock.advance(10);
    disk.breakAfter(0);
    await clock.advance(1_000);
    expect(runner.state).toMatchObject({ reason: 'journal-not-writable' });
    await cancelWhileContinuing(run);
    const { outcomes, replay } = await read();
    expect(outcomes.sort()).toEqual([...new Set(org.requests.keys())]);
    expect([...replay.settled.values()].every(({ outcome }) => outcome === 'revoked')).toBe(true);
    expect(runner.progress().counts.revoked).toBe(org.revoked.size);
  });
});

it('the end of the app writes what is known and could not be written before', async () => {
  const { clock, org, runner, disk, read } = setUp(6, revoked);
  await runner.start('started');
  await clock.advance(10);
  disk.breakAfter(0);
  await clock.advance(1_000);
  disk.heal();
  await clock.runUntil(runner.stop(3_000));
  const { replay } = await read();
  expect(replay.settled.size).toBe(org.revoked.size);
  expect(replay.state.kind).toBe('interrupted');
});

/** One user, and the end is being written: for 20 ms, which at 80 are half over. */
async function whileEnding(fails: (write: number) => boolean) {
  const run = setUp(1, revoked);
  const { clock, runner, disk } = run;
  await runner.start('started');
  await clock.advance(10);
  slow(disk, () => clock.sleep(20), fails);
  await clock.advance(70); // answered after 50, written after 70
  expect(runner.progress().counts.revoked).toBe(1);
  return run;
}

describe('an end', () => {
  it.each<[string, (runner: Runner) => unknown]>([
    ['a pause', (runner) => runner.pause()],
    ['a cancelling', (runner) => runner.cancel()],
    ['the sleep of the computer', (runner) => runner.sleep()],
    ['a sync that failed', (runner) => runner.journalFailed()],
    ['the end of the app', (runner) => runner.stop(3_000)],
  ])('that a slow disk is taking is not passed by %s', async (_what, come) => {
    const { clock, runner, read } = await whileEnding(() => false);
    come(runner);
    await clock.runUntil(runner.ended);
    expect(runner.state.kind).toBe('finished');
    expect((await read()).replay.state.kind).toBe('finished');
  });

  const refused = () => whileEnding((write) => write === 2);

  it('that the disk refuses gives way to a pause that came meanwhile, and comes with the Continue', async () => {
    const { clock, org, runner, read } = await refused();
    runner.pause();
    await clock.advance(300_000);
    expect(runner.state).toMatchObject({ kind: 'paused', reason: 'by-you' });
    runner.continue(org.session).catch(() => undefined);
    await clock.runUntil(runner.ended);
    expect((await read()).replay.state.kind).toBe('finished');
  });

  it('that the disk refuses gives way to a cancelling that came meanwhile', async () => {
    const { clock, runner, read } = await refused();
    runner.cancel();
    await clock.runUntil(runner.ended);
    expect(runner.state.kind).toBe('cancelled');
    const { replay } = await read();
    expect(replay.state.kind).toBe('cancelled');
    expect([...replay.settled.values()].map(({ outcome }) => outcome)).toEqual(['revoked']);
  });

  it.each<[string, (write: number) => boolean]>([
    ['once', (write) => write === 2],
    ['from then on', (write) => write >= 2],
  ])('that the disk refuses %s does not hold up the end of the app', async (_how, fails) => {
    const { clock, runner, read } = await whileEnding(fails);
    await clock.runUntil(runner.stop(3_000));
    expect(runner.state.kind).toBe('interrupted');
    const { replay } = await read();
    expect(replay.state.kind).not.toBe('finished');
    expect(replay.settled.size).toBe(1);
  });

  it('that the disk refuses is tried again as ever where nothing came meanwhile', async () => {
    const { clock, runner, read } = await refused();
    await clock.runUntil(runner.ended);
    expect((await read()).replay.state.kind).toBe('finished');
  });
});

it('a Continue does not go on with an outcome that the disk has refused meanwhile', async () => {
  const { clock, org, runner, disk, read } = setUp(2, revoked, 500);
  await runner.start('started');
  await clock.advance(100);
  runner.journalFailed(); // both calls are under way
  await clock.advance(200);
  slow(
    disk,
    () => clock.sleep(300),
    (write) => write === 2,
  );
  runner.continue(org.session).catch(() => undefined);
  await clock.advance(60_000);
  expect(runner.state.kind).toBe('finished');
  expect((await read()).outcomes.sort()).toEqual([0, 1]);
});

it('an outcome bears the time of its record, however slow the disk', async () => {
  const { clock, runner, disk, read } = setUp(1, revoked);
  await runner.start('started');
  slow(
    disk,
    () => clock.sleep(200),
    () => false,
  );
  await clock.runUntil(runner.ended);
  const [settled] = [...(await read()).replay.settled.values()];
  expect(runner.progress().recentOutcomes[0]?.at).toBe(settled?.at);
});
