import { describe, expect, it } from 'vitest';
import { createPacer } from '../../genesys/pacing.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { readJournal } from '../journal/reader.ts';
import type { JournalRecord } from '../journal/records.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';
import { answered, createFakeOrg, unclear, userId } from '../testing/fake-org.ts';
import { createTestRun } from '../testing/test-run.ts';
import type { RunnerProgress } from './progress.ts';

type Respond = (id: string, request: number) => RevokeAnswer;
const revoked: RevokeAnswer = { kind: 'revoked', ...answered };
const tooMany = (retryAfterMs: number | null): RevokeAnswer => ({
  kind: 'rate-limited',
  retryAfterMs,
  status: 429,
  correlationId: null,
});
const refused: RevokeAnswer = { kind: 'refused', message: 'No', status: 400, correlationId: null };
const signedOut: RevokeAnswer = { kind: 'signed-out', message: 'Expired', status: 401, correlationId: null };

function setUp(
  users: number,
  respond: Respond,
  over: { dryRun?: boolean; latencyMs?: number; paced?: boolean } = {},
) {
  const clock = createManualClock();
  const told: RunnerProgress[] = [];
  const org = createFakeOrg({
    users: [],
    clock,
    latencyMs: () => over.latencyMs ?? 50,
    ...(over.paced && { pacer: createPacer({ clock, limitPerMinute: 300 }) }),
    respond: (id, n) => {
      const answer = respond(id, n);
      return { answer, applied: answer.kind === 'revoked' };
    },
  });
  const { runner, disk, settled } = createTestRun({
    ...{ users, clock, org, dryRun: over.dryRun ?? false },
    onProgress: (progress) => told.push(progress),
  });
  const records = async (): Promise<JournalRecord[]> => {
    const all: JournalRecord[] = [];
    await readJournal([disk.bytes()], (record) => all.push(record));
    return all;
  };
  const states = async (): Promise<string[]> =>
    (await records()).flatMap((r) =>
      r.type === 'state' ? [r.state.kind === 'paused' ? r.state.reason : r.state.kind] : [],
    );
  const outcomes = (): string[] => [...settled].sort(([a], [b]) => a - b).map(([, s]) => s.outcome);
  return { clock, disk, told, org, runner, records, states, outcomes, settled };
}

describe('a run', () => {
  it.each([50, 2_000])('is limited by the gate and not by a latency of %i ms', async (latencyMs) => {
    const { clock, runner, org } = setUp(3_000, () => revoked, { latencyMs, paced: true });
    await runner.start('started');
    await clock.advance(5 * 60_000);
    expect(org.requests.length).toBeGreaterThanOrEqual(0.96 * 300 * 5);
    expect(org.mostInFlight).toBeLessThanOrEqual(Math.ceil((5 * latencyMs) / 1_000) + 2);
    expect(runner.progress().ratePerMinute).toBeGreaterThan(270);
    expect(runner.progress().secondsLeft).toBeGreaterThan(250);
  });

  it('tells of itself at most five times a second and not once per user, and once more at its end', async () => {
    const { clock, runner, told } = setUp(4_000, (_, n) => (n % 2 === 0 ? revoked : refused));
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(told.length).toBeLessThanOrEqual(clock.monotonic() / 200 + 5);
    expect(told.length).toBeLessThan(100);
    expect(told.at(-1)).toMatchObject({
      state: { kind: 'finished' },
      counts: { revoked: 2_000, failed: 2_000 },
      inFlight: 0,
    });
    expect(told.at(-1)?.throughput.reduce((a, b) => a + b)).toBe(4_000);
    // Nor does a message grow with the users it tells of.
    expect(Math.max(...told.map((progress) => JSON.stringify(progress).length))).toBeLessThan(20_000);
  });

  it('pauses: calls under way end, no new one begins, and it goes on when told', async () => {
    const { clock, runner, org, states, outcomes } = setUp(50, () => revoked, { paced: true });
    await runner.start('started');
    await clock.advance(1_000);
    runner.pause();
    await clock.advance(60_000);
    const during = org.requests.length;
    expect(during).toBeLessThan(10);
    expect(runner.progress()).toMatchObject({ state: { reason: 'by-you' }, inFlight: 0, ratePerMinute: 0 });
    expect(runner.progress().counts.revoked).toBe(during);
    await runner.continue(org.session);
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(Array(50).fill('revoked'));
    expect(org.requests).toHaveLength(50);
    expect(await states()).toEqual(['running', 'by-you', 'running', 'finished']);
  });

  it('cancels: whose call was not begun stays not attempted, whose call was begun has a true outcome', async () => {
    const answers: Respond = (id) => (id === userId(0) ? unclear() : revoked);
    const { clock, runner, org, states, outcomes, settled } = setUp(50, answers, {
      paced: true,
      latencyMs: 300,
    });
    await runner.start('started');
    await clock.advance(700);
    runner.cancel();
    await clock.runUntil(runner.ended);
    expect(outcomes()).toHaveLength(org.requests.length);
    expect(settled.get(0)).toMatchObject({ outcome: 'failed', attempts: 1, status: 503 });
    const { counts } = runner.progress();
    expect(counts.revoked).toBe(org.revoked.size);
    expect(counts['not-attempted']).toBe(50 - org.requests.length);
    expect(await states()).toEqual(['running', 'cancelled']);
  });

  it('tries an unclear answer five times with growing waits, then says what was last', async () => {
    const { clock, runner, org, settled } = setUp(1, () => unclear());
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(org.requests).toHaveLength(5);
    expect(clock.monotonic()).toBe(5 * 50 + 500 + 1_000 + 2_000 + 4_000);
    expect(settled.get(0)).toMatchObject({
      outcome: 'failed',
      attempts: 5,
      status: 503,
      note: 'Service unavailable',
    });
    expect(runner.progress()).toMatchObject({
      retries: 4,
      recentFailures: [{ outcome: 'failed', index: 0 }],
    });
  });

  it('waits at the gate as a 429 says, and does not count it as an attempt', async () => {
    const { clock, runner, settled } = setUp(1, (_, n) => (n === 1 ? tooMany(20_000) : revoked), {
      paced: true,
    });
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(20_000);
    expect(settled.get(0)).toMatchObject({ outcome: 'revoked', attempts: 1 });
    expect(runner.progress().tooManyRequests).toBe(1);
  });

  it('gives up on a user whom the rate limit refused twenty times', async () => {
    const { clock, runner, org, settled } = setUp(1, () => tooMany(null));
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(org.requests).toHaveLength(20);
    expect(settled.get(0)).toMatchObject({ outcome: 'failed', attempts: 0, status: 429 });
  });

  // RFC 9110, 15.6.4: a server that is overloaded or maintained can say for how long.
  it('waits as long as a failing server says before it uses up a user’s attempts', async () => {
    let from: () => number = () => 0;
    const busy: RevokeAnswer = {
      ...{ kind: 'unclear', status: 503, correlationId: null, message: 'Maintenance' },
      ...{ trouble: null, sent: 'maybe', retryAfterMs: 60_000 },
    };
    const { clock, runner, outcomes } = setUp(3, () => (from() < 150_000 ? busy : revoked), { paced: true });
    from = () => clock.monotonic();
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(['revoked', 'revoked', 'revoked']);
  });

  it('waits for years for nobody, whatever a failing server says', async () => {
    const busy: RevokeAnswer = {
      ...{ kind: 'unclear', status: 503, correlationId: null, message: 'Maintenance' },
      ...{ trouble: null, sent: 'maybe', retryAfterMs: 366 * 86_400_000 },
    };
    const { clock, runner, outcomes } = setUp(1, () => busy, { paced: true });
    await runner.start('started');
    await clock.runUntil(runner.ended, 4 * 180_000 + 10_000);
    expect(outcomes()).toEqual(['failed']);
  });

  // A program beside this one can use up the limit for minutes, and Retry-After: 0 then says nothing.
  it('gives up on nobody while the rate limit refuses everybody for ten minutes', async () => {
    let from: () => number = () => 0;
    const { clock, runner, outcomes } = setUp(30, () => (from() < 600_000 ? tooMany(0) : revoked), {
      paced: true,
    });
    from = () => clock.monotonic();
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(Array<string>(30).fill('revoked'));
  });

  it('pauses until a long Retry-After is over, and goes on by itself', async () => {
    const { clock, runner, states } = setUp(2, (_, n) => (n === 1 ? tooMany(3_600_000) : revoked), {
      paced: true,
    });
    await runner.start('started');
    await clock.advance(10_000);
    const { state } = runner.progress();
    expect(state).toMatchObject({ kind: 'paused', reason: 'rate-limited' });
    expect(state.kind === 'paused' && state.until).toBe('2026-01-05T10:00:00.050Z');
    await clock.runUntil(runner.ended);
    expect(await states()).toEqual(['running', 'rate-limited', 'running', 'finished']);
  });

  it('asks for signing in when the token is gone, and uses the new session', async () => {
    const { clock, runner, org, states, outcomes } = setUp(5, (_, n) => (n >= 3 ? signedOut : revoked), {
      paced: true,
    });
    await runner.start('started');
    await clock.advance(5_000);
    expect(runner.state).toMatchObject({ kind: 'paused', reason: 'sign-in-needed' });
    const before = org.requests.length;
    const renewed: RevocationSession = { ...org.session, revokeUserTokens: () => Promise.resolve(revoked) };
    await runner.continue(renewed);
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(Array(5).fill('revoked'));
    expect(org.requests).toHaveLength(before);
    expect(await states()).toEqual(['running', 'sign-in-needed', 'running', 'finished']);
  });

  it('pauses offline, asks with one user at growing intervals, and goes on by itself', async () => {
    let online = false;
    const { clock, runner, org, states, outcomes } = setUp(30, () => (online ? revoked : unclear(true)), {
      paced: true,
    });
    await runner.start('started');
    await clock.advance(4_000);
    expect(runner.state).toMatchObject({ kind: 'paused', reason: 'offline' });
    const before = org.requests.length;
    await clock.advance(10 * 60_000);
    expect(org.requests.length - before).toBeLessThanOrEqual(13);
    expect(org.requests.length - before).toBeGreaterThanOrEqual(10);
    online = true;
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(Array(30).fill('revoked'));
    expect(await states()).toEqual(['running', 'offline', 'running', 'finished']);
  });

  it('pauses while the server fails, whosever turn it is, and burns nobody’s attempts', async () => {
    let healthy = true;
    const { clock, runner, org, states, outcomes } = setUp(300, () => (healthy ? revoked : unclear()), {
      paced: true,
    });
    await runner.start('started');
    await clock.advance(10_000);
    healthy = false;
    await clock.advance(10_000);
    expect(runner.state).toMatchObject({ kind: 'paused', reason: 'server-failing' });
    const before = org.requests.length;
    await clock.advance(60 * 60_000);
    expect(org.requests.length - before).toBeLessThanOrEqual(65);
    healthy = true;
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(Array(300).fill('revoked'));
    expect(await states()).toEqual(['running', 'server-failing', 'running', 'finished']);
  });

  it('ends although the calls for many users in a row always fail', async () => {
    const poisoned = new Set(Array.from({ length: 40 }, (_, n) => userId(n)));
    const { clock, runner, outcomes } = setUp(100, (id) => (poisoned.has(id) ? unclear() : revoked), {
      paced: true,
    });
    await runner.start('started');
    await clock.runUntil(runner.ended, 24 * 3_600_000);
    expect(outcomes()).toEqual([...Array<string>(40).fill('failed'), ...Array<string>(60).fill('revoked')]);
  });

  it('asks when the first users are all refused, once, and goes on when told', async () => {
    const forbidden: RevokeAnswer = { kind: 'forbidden', message: 'no', status: 403, correlationId: null };
    const { clock, runner, org, outcomes } = setUp(500, () => forbidden, { paced: true });
    await runner.start('started');
    await clock.advance(60_000);
    expect(runner.state).toMatchObject({ kind: 'paused', reason: 'nothing-allowed' });
    expect(org.requests.length).toBeLessThan(15);
    await runner.continue(org.session);
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(Array(500).fill('forbidden'));
  });

  it('pauses for the address of this computer, keeps the sign-in, and goes on from another one', async () => {
    const elsewhere: RevokeAnswer = {
      kind: 'ip-not-allowed',
      message: 'Not from here',
      status: 401,
      correlationId: null,
    };
    let allowed = false;
    const { clock, runner, org, states, outcomes } = setUp(60, () => (allowed ? revoked : elsewhere), {
      paced: true,
    });
    await runner.start('started');
    await clock.advance(10_000);
    expect(runner.state).toMatchObject({ kind: 'paused', reason: 'ip-not-allowed' });
    expect(org.requests.length).toBeLessThan(10);
    allowed = true;
    await runner.continue(org.session);
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(Array(60).fill('revoked'));
    expect(await states()).toEqual(['running', 'ip-not-allowed', 'running', 'finished']);
  });

  it('waits for years only as a pause that says so, and goes on when it is told to', async () => {
    let told: RevokeAnswer | null = {
      kind: 'rate-limited',
      status: 429,
      correlationId: null,
      retryAfterMs: 366 * 86_400_000,
    };
    const { clock, runner, org, outcomes } = setUp(30, () => told ?? revoked, { paced: true });
    await runner.start('started');
    await clock.advance(10_000);
    expect(runner.state).toMatchObject({ kind: 'paused', reason: 'rate-limited' });
    const { until } = runner.state as { until: string };
    expect(Date.parse(until) - clock.now()).toBeGreaterThan(360 * 86_400_000);
    told = null;
    await runner.continue(org.session);
    await clock.runUntil(runner.ended, 60_000);
    expect(outcomes()).toEqual(Array(30).fill('revoked'));
  });

  it('does not hide behind a 404 that a call before it may have ended the tokens', async () => {
    const notFound: RevokeAnswer = { kind: 'not-found', status: 404, correlationId: null };
    const { clock, runner, settled } = setUp(2, (id, request) =>
      id === userId(0) && request <= 2 ? unclear() : notFound,
    );
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(settled.get(0)).toMatchObject({
      outcome: 'not-found',
      note: 'An earlier call got no clear answer; it may have ended the tokens.',
    });
    expect(settled.get(1)).toMatchObject({ outcome: 'not-found', note: null });
  });

  it('says where a refusal is mended, with the words of the server', async () => {
    const refusal = (apiCode: string): RevokeAnswer => ({
      kind: 'forbidden',
      message: 'Denied',
      status: 403,
      correlationId: null,
      apiCode,
    });
    const codes = [
      'app.not.authorized.for.scope',
      'authz.policy.denied',
      'missing.division.permission',
      'new.one',
    ];
    const { clock, runner, settled } = setUp(4, (id) =>
      refusal(codes[Number.parseInt(id.slice(-2), 16)] ?? ''),
    );
    await runner.start('started');
    await clock.runUntil(runner.ended);
    const notes = [...settled].sort(([a], [b]) => a - b).map(([, { note }]) => note ?? '');
    expect(notes[0]).toContain('scope');
    expect(notes[1]).toContain('policy');
    expect(notes[2]).toContain('division');
    expect(notes[3]).toBe('Denied');
    for (const note of notes) expect(note).toContain('Denied');
  });

  it('does not use a token that is about to end, and goes on with a new one', async () => {
    const { clock, runner, org, states, outcomes } = setUp(100, () => revoked, { paced: true });
    const expiresAt = clock.now() + 20_000;
    await runner.start('started');
    await runner.continue({ ...org.session, tokenExpiresAt: () => expiresAt });
    await clock.advance(60_000);
    expect(runner.state).toMatchObject({ kind: 'paused', reason: 'sign-in-needed' });
    expect(org.requests.length).toBeLessThan(30);
    await runner.continue({ ...org.session, tokenExpiresAt: () => null });
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(Array(100).fill('revoked'));
    expect(await states()).toEqual(['running', 'sign-in-needed', 'running', 'finished']);
  });

  it('calls for nobody while the journal cannot be written, keeps what it knows, and goes on by itself', async () => {
    const { clock, runner, org, disk, states, outcomes } = setUp(40, () => revoked, {
      paced: true,
      latencyMs: 500,
    });
    await runner.start('started');
    await clock.advance(1_000);
    disk.breakAfter(100);
    await clock.advance(2_000);
    expect(runner.state).toMatchObject({ reason: 'journal-not-writable', note: 'The disk is full.' });
    const during = org.requests.length;
    await clock.advance(30_000);
    expect(org.requests).toHaveLength(during);
    await expect(runner.continue(org.session)).rejects.toMatchObject({
      error: { code: 'file-not-writable' },
    });
    disk.heal();
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(Array(40).fill('revoked'));
    expect(org.requests).toHaveLength(40);
    expect(await states()).toEqual(['running', 'journal-not-writable', 'running', 'finished']);
  });

  it('in a dry run does everything but the call', async () => {
    const { clock, runner, org, outcomes, records } = setUp(500, () => revoked, { dryRun: true });
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(org.requests).toHaveLength(0);
    expect(outcomes()).toEqual(Array(500).fill('would-revoke'));
    expect(await records()).toHaveLength(1 + 1 + 500 + 1);
  });

  it('has true outcomes when everything is forbidden, and when a call breaks its promise not to throw', async () => {
    const forbidden: RevokeAnswer = {
      kind: 'forbidden',
      message: 'missing',
      status: 403,
      correlationId: 'c-9',
    };
    const answers: Respond = (id) => {
      if (id === userId(3)) throw new Error('A mistake in the program');
      return forbidden;
    };
    const { clock, runner, outcomes, settled } = setUp(12, answers);
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(outcomes().filter((o) => o === 'forbidden')).toHaveLength(11);
    expect(settled.get(3)).toMatchObject({
      outcome: 'failed',
      note: 'A mistake in the program',
      attempts: 5,
    });
    expect(settled.get(0)).toMatchObject({ correlationId: 'c-9', note: 'missing' });
  });

  it('stops within its time at the end of the app, and leaves a run that can be resumed', async () => {
    const { clock, runner, states, records } = setUp(50, () => revoked, { paced: true, latencyMs: 60_000 });
    await runner.start('started');
    await clock.advance(2_000);
    await clock.runUntil(runner.stop(3_000), 4_000);
    expect(await states()).toEqual(['running', 'interrupted']);
    expect((await records()).filter((r) => r.type === 'outcome')).toHaveLength(0);
  });

  it('does not begin when its journal cannot be written', async () => {
    const { runner, org, disk } = setUp(5, () => revoked);
    disk.breakAfter(10);
    await expect(runner.start('started')).rejects.toMatchObject({ error: { code: 'file-not-writable' } });
    expect(org.requests).toHaveLength(0);
  });
});
