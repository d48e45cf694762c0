import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPacer } from '../../genesys/pacing.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { readJournal } from '../journal/reader.ts';
import type { JournalRecord } from '../journal/records.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';
import { answered, createFakeOrg, fakeUser, userId } from '../testing/fake-org.ts';
import { createTestRevocation, planList, runToItsEnd } from '../testing/test-revocation.ts';
import { createRandom } from '../../hardening/scale.ts';

/** Chance, the same each time. One for the file: what it names is named once. */
const random = createRandom(1);

const USERS = 60;
const HOUR = 3_600_000;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trouble-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A run of sixty users at 300 a minute, twelve seconds long, on a real disk and a clock of the test's own. */
async function running(users = USERS, limitPerMinute = 300) {
  const clock = createManualClock(Date.parse('2026-11-26T09:00:00Z'));
  let otherwise = (): RevokeAnswer | null => null;
  const fake = createFakeOrg({
    users: Array.from({ length: users }, (_, n) => fakeUser(n)),
    clock,
    pacer: createPacer({ clock, limitPerMinute }),
    latencyMs: () => 20,
    respond: () => {
      const other = otherwise();
      return other
        ? { answer: other, applied: false }
        : { answer: { kind: 'revoked', ...answered }, applied: true };
    },
  });
  const org = {
    session: fake.session,
    requests: fake.requests,
    revoked: fake.revoked,
    /** Null: as usual. */
    answerWith: (answer: typeof otherwise) => {
      otherwise = answer;
    },
  };
  let session: RevocationSession = org.session;
  const app = createTestRevocation({
    runsDir: () => join(folder, 'runs'),
    clock,
    random,
    session: () => session,
  });
  const ids = Array.from({ length: users }, (_, n) => userId(n));
  const { planId, confirmationText: confirmation } = await planList(app, clock, ids.join('\n'));
  const begun = app.start({ planId, dryRun: false, reason: '', ticket: '', confirmation });
  const { runId } = await clock.runUntil(begun);
  await clock.advance(3_000);

  const records = async (): Promise<readonly JournalRecord[]> => {
    const all: JournalRecord[] = [];
    const bytes = await readFile(join(folder, 'runs', runId, 'journal.jsonl'));
    const { damage } = await readJournal([bytes], (record) => all.push(record));
    expect(damage).toBeNull();
    return all;
  };
  return {
    clock,
    org,
    app,
    runId,
    records,
    state: async () => (await app.progress(runId)).state,
    states: async () =>
      (await records()).flatMap((r) =>
        r.type === 'state' ? [r.state.kind === 'paused' ? r.state.reason : r.state.kind] : [],
      ),
    signInWith: (next: RevocationSession) => {
      session = next;
    },
    /** To the end; then one call was made for everybody, and the journal has them all, each intent before its call. */
    toTheEnd: async () => {
      await runToItsEnd(app, clock);
      expect(await app.progress(runId)).toMatchObject({
        state: { kind: 'finished' },
        counts: { revoked: users },
      });
      expect([...org.requests].sort()).toEqual(ids.sort());
      const all = await records();
      for (const type of ['intent', 'outcome'] as const)
        expect(new Set(all.flatMap((r) => (r.type === type ? [r.userId] : []))).size).toBe(users);
      for (const { at } of all) expect(Number.isNaN(Date.parse(at))).toBe(false);
    },
  };
}

describe.skipIf(process.platform === 'win32')('the folder of runs during a run', () => {
  it('removed: paused with the reason, no call made, then put back and gone on with', async () => {
    const { clock, org, app, runId, state, states, toTheEnd } = await running();
    await rm(join(folder, 'runs'), { recursive: true });
    await clock.advance(1_000);
    expect(await state()).toMatchObject({
      reason: 'journal-not-writable',
      note: "The run's folder was removed.",
    });
    const called = org.requests.length;
    await clock.advance(3_000);
    expect(org.requests).toHaveLength(called);
    await toTheEnd();
    expect(await states()).toEqual(['running', 'journal-not-writable', 'running', 'finished']);
    expect((await app.listRuns())[0]).toMatchObject({ runId, damage: null, counts: { revoked: USERS } });
  });

  it('moved away: paused until it is back, however long', async () => {
    const { clock, org, app, runId, state, states, toTheEnd } = await running();
    await rename(join(folder, 'runs'), join(folder, 'trash'));
    await clock.advance(1_000);
    expect(await state()).toMatchObject({
      reason: 'journal-not-writable',
      note: "The run's folder was moved.",
    });
    const called = org.requests.length;
    await clock.advance(HOUR);
    expect(org.requests).toHaveLength(called);
    await expect(clock.runUntil(app.continue(runId))).rejects.toMatchObject({
      error: { code: 'file-not-writable' },
    });
    expect(org.requests).toHaveLength(called);
    await rename(join(folder, 'trash'), join(folder, 'runs'));
    await toTheEnd();
    expect(await states()).toEqual(['running', 'journal-not-writable', 'running', 'finished']);
  });

  it('replaced by a file: paused, and gone on with when the file is away', async () => {
    const { clock, org, state, toTheEnd } = await running();
    await rm(join(folder, 'runs'), { recursive: true });
    await writeFile(join(folder, 'runs'), 'in the way');
    await clock.advance(10 * 60_000);
    expect(await state()).toMatchObject({ reason: 'journal-not-writable' });
    expect(org.requests.length).toBeLessThan(USERS);
    await rm(join(folder, 'runs'));
    await toTheEnd();
  });

  it('removed while the last users go: the run does not end without its evidence', async () => {
    const { clock, state, org, toTheEnd } = await running(16);
    expect(org.requests.length).toBeGreaterThan(10);
    await rm(join(folder, 'runs'), { recursive: true });
    await clock.advance(2_000);
    expect((await state()).kind).toBe('paused');
    await toTheEnd();
  });

  it('removed, and then cancelled: the report is there all the same', async () => {
    const { clock, app, runId, records, org } = await running();
    await rm(join(folder, 'runs'), { recursive: true });
    await clock.advance(1_000);
    app.cancel(runId);
    await runToItsEnd(app, clock);
    const outcomes = (await records()).flatMap((r) => (r.type === 'outcome' ? [r.outcome] : []));
    expect(outcomes).toEqual(Array<string>(org.revoked.size).fill('revoked'));
    expect((await records()).at(-1)).toMatchObject({ type: 'state', state: { kind: 'cancelled' } });
  });
});

describe('the clock of the computer, changed during a run', () => {
  it.each([
    ['forwards', 30 * 24 * HOUR],
    ['backwards', -30 * 24 * HOUR],
  ])('%s: the pace, the rate and what was revoked stay the same', async (_way, by) => {
    const { clock, org, app, runId, toTheEnd } = await running();
    clock.setWallClock(clock.now() + by);
    const before = org.requests.length;
    await clock.advance(6_000);
    expect(org.requests.length - before).toBeGreaterThanOrEqual(28);
    expect(org.requests.length - before).toBeLessThanOrEqual(31);
    const { ratePerMinute, secondsLeft } = await app.progress(runId);
    expect(ratePerMinute).toBeGreaterThan(250);
    expect(ratePerMinute).toBeLessThanOrEqual(300);
    expect(secondsLeft).toBeGreaterThanOrEqual(0);
    await toTheEnd();
    const page = await app.report(runId, 'html');
    expect(page).not.toMatch(/-\d+ users a minute|NaN|Infinity/);
  });

  it('a 429’s wait is as long as told, whatever the clock says', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ clock, limitPerMinute: 300 });
    pacer.closeFor(30_000);
    clock.setWallClock(clock.now() + 24 * HOUR);
    await clock.runUntil(pacer.acquire(new AbortController().signal));
    expect(clock.monotonic()).toBe(30_250);
  });
});

describe('the sleep of the computer', () => {
  it('pauses the run; awake, it goes on', async () => {
    const { clock, org, app, state, states, toTheEnd } = await running();
    app.computerSleeps();
    app.computerSleeps();
    await clock.advance(1_000);
    expect(await state()).toMatchObject({ kind: 'paused', reason: 'asleep' });
    const called = org.requests.length;
    await clock.jump(8 * HOUR - 1_000);
    app.computerWakes();
    app.computerWakes();
    await clock.advance(2_000);
    expect(org.requests.length - called).toBeGreaterThan(5);
    expect(org.requests.length - called).toBeLessThan(13);
    await toTheEnd();
    expect(await states()).toEqual(['running', 'asleep', 'running', 'finished']);
  });

  it('goes on by itself where nobody says that it is awake', async () => {
    const { app, states, toTheEnd } = await running();
    app.computerSleeps();
    await toTheEnd();
    expect(await states()).toEqual(['running', 'asleep', 'running', 'finished']);
  });

  it('does not end a pause that the person wished for, or change one for another reason', async () => {
    const { clock, app, runId, state } = await running();
    app.pause(runId);
    app.computerSleeps();
    await clock.advance(HOUR);
    app.computerWakes();
    await clock.advance(HOUR);
    expect(await state()).toMatchObject({ kind: 'paused', reason: 'by-you' });
  });

  it('with a token that has ended meanwhile: the run asks for signing in, and the outcomes stay true', async () => {
    const { clock, org, app, signInWith, state, states, runId } = await running();
    const called = org.requests.length;
    app.computerSleeps();
    await clock.jump(8 * HOUR);
    const endsAt = clock.now() - HOUR;
    signInWith({ ...org.session, tokenExpiresAt: () => endsAt });
    await clock.runUntil(app.continue(runId));
    await clock.advance(5_000);
    expect(await state()).toMatchObject({ kind: 'paused', reason: 'sign-in-needed' });
    expect(org.requests).toHaveLength(called);
    expect(await states()).toEqual(['running', 'asleep', 'running', 'sign-in-needed']);
  });

  it('is nobody’s concern when no run goes on', async () => {
    const { app, toTheEnd } = await running();
    await toTheEnd();
    app.computerSleeps();
    app.computerWakes();
    expect(app.activeRunId()).toBeNull();
  });
});

describe('a limit that somebody else uses too', () => {
  it('makes the run slower, and the run is at its full pace again some quiet minutes later', async () => {
    const { clock, app, org, runId } = await running(1_000, 30);
    const pace = async (): Promise<number> => (await app.progress(runId)).pacePerMinute;
    const full = await pace();
    let lowest = full;
    // Another tool of the same user takes a part of the budget, for three minutes.
    const until = clock.monotonic() + 3 * 60_000;
    let calls = 0;
    org.answerWith(() =>
      clock.monotonic() < until && (calls += 1) % 5 === 0
        ? { kind: 'rate-limited', retryAfterMs: 1_000, status: 429, correlationId: null }
        : null,
    );
    while (clock.monotonic() < until) {
      await clock.advance(10_000);
      lowest = Math.min(lowest, await pace());
      expect(await pace()).toBeLessThanOrEqual(full);
    }
    expect(lowest).toBeLessThan(full * 0.6);
    await clock.advance(18 * 60_000);
    expect(await pace()).toBeCloseTo(full);
    const { tooManyRequests, counts, ratePerMinute } = await app.progress(runId);
    expect(tooManyRequests).toBeGreaterThan(5);
    expect(ratePerMinute).toBeGreaterThan(0.9 * full);
    expect(counts.failed).toBe(0);
  });
});
