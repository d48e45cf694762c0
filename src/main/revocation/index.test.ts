import { appendFile, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_COUNTS, type RunProgress } from '../../shared/run.ts';
import { createPacer } from '../genesys/pacing.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import type { RevocationSession } from './ports.ts';
import { createFakeOrg, fakeUser, userId } from './testing/fake-org.ts';
import { createTestRevocation, planList, runToItsEnd } from './testing/test-revocation.ts';
import { createRandom } from '../hardening/scale.ts';

/** Chance, the same each time. One for the file: what it names is named once. */
const random = createRandom(1);

const USERS = 12;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'revocation-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function setUp(
  options: {
    latencyMs?: number;
    connectionId?: string;
    operatorId?: string | null;
    tokens?: ReadonlyMap<string, string>;
    onProgress?: (progress: RunProgress) => void;
  } = {},
) {
  const clock = createManualClock(Date.parse('2026-11-26T09:00:00Z'));
  const users = Array.from({ length: USERS }, (_, n) => fakeUser(n));
  const org = createFakeOrg({
    users: [...users, fakeUser(9_999, { name: 'Olive', email: 'olive@example.org' })],
    clock,
    pacer: createPacer({ clock, limitPerMinute: 300 }),
    latencyMs: () => options.latencyMs ?? 20,
    ...(options.tokens && { tokens: options.tokens }),
    ...(options.connectionId !== undefined && { connectionId: options.connectionId }),
    ...(options.operatorId !== undefined && { operatorId: options.operatorId }),
  });
  let session: RevocationSession | null = org.session;
  const told: RunProgress[] = [];
  const app = createTestRevocation({
    runsDir: () => join(folder, 'runs'),
    clock,
    random,
    session: () => session,
    onProgress: (progress) => {
      told.push(progress);
      options.onProgress?.(progress);
    },
  });
  const resume = (runId: string): Promise<RunProgress> =>
    clock.runUntil(app.readyToResume(runId).then(({ what }) => app.resume(runId, what)));
  const signIn = (next: RevocationSession | null): void => {
    session = next;
  };
  const plan = (text = [...users.map((u) => u.id), 'olive@example.org', 'who?'].join('\n')) =>
    planList(app, clock, text);
  const start = async (over: { dryRun?: boolean; confirmation?: string } = {}): Promise<string> => {
    const { planId } = await plan();
    const request = {
      planId,
      dryRun: false,
      reason: ' Leak ',
      ticket: 'INC-1',
      confirmation: 'REVOKE 12',
      ...over,
    };
    return (await clock.runUntil(app.start(request))).runId;
  };
  const ended = (): Promise<void> => runToItsEnd(app, clock);
  return { app, clock, org, told, plan, start, ended, signIn, resume };
}

/** Its token is refused. */
const expired = (session: RevocationSession): RevocationSession => ({
  ...session,
  revokeUserTokens: () =>
    Promise.resolve({ kind: 'signed-out', message: 'Expired', status: 401, correlationId: null }),
});

const code = (expected: string) => ({ error: { code: expected } });

describe('revoking, from list to report', () => {
  it('takes what is asked in the moment in which a run is told to be over', async () => {
    const answers: Promise<unknown>[] = [];
    const { app, clock, start, ended } = setUp({
      onProgress: ({ runId, state }) => {
        if (state.kind === 'finished' && answers.length === 0)
          answers.push(app.verify(runId), app.restingRun(runId));
      },
    });
    const runId = await start();
    await ended();
    const [verified, resting] = await clock.runUntil(Promise.all(answers));
    expect(verified).toMatchObject({ latest: { checked: USERS } });
    expect(resting).toMatchObject({ runId, state: { kind: 'finished' } });
  });

  it('runs a plan and keeps its report', async () => {
    const { app, start, ended, org, told } = setUp();
    const runId = await start();
    expect(app.activeRunId()).toBe(runId);
    expect((await app.listRuns())[0]).toMatchObject({ runId, state: { kind: 'running' } });
    await ended();
    expect([...org.revoked.keys()].sort()).toEqual(Array.from({ length: USERS }, (_, n) => userId(n)));
    expect(told.at(-1)).toMatchObject({ state: { kind: 'finished' } });
    // Whose run it is goes with everything that is told of it, and stands in its record.
    const { id, label, organization } = org.session.connection;
    const about = {
      ...{ connectionId: id, connectionLabel: label, organization, region: 'eu-central-1', demo: false },
      ...{ operator: 'Olive Operator', reason: 'Leak', ticket: 'INC-1' },
    };
    expect(told.every((progress) => progress.about.connectionId === id)).toBe(true);
    expect(told.at(-1)?.about).toMatchObject(about);
    expect((await app.progress(runId)).about).toMatchObject(about);
    expect(await app.report(runId, 'html')).toContain('>eu-central-1<');

    const [summary] = await app.listRuns();
    expect(summary).toMatchObject({
      runId,
      state: { kind: 'finished' },
      reason: 'Leak',
      ticket: 'INC-1',
      operator: 'Olive Operator',
      users: USERS,
      damage: null,
      counts: { revoked: USERS, 'kept-back': 2, 'not-attempted': 0, failed: 0 },
    });
    const rows = await app.outcomes(runId, 0, 10_000);
    expect(rows.map((r) => r.outcome)).toEqual([
      ...Array<string>(USERS).fill('revoked'),
      'kept-back',
      'kept-back',
    ]);
    expect(rows[USERS]?.note).toBe('This is you');
    expect(rows[0]).toMatchObject({ attempts: 1, status: 200, correlationId: 'c-1' });
    expect(await app.outcomes(runId, 11, 2)).toHaveLength(2);
    const csv = Papa.parse<string[]>(await app.report(runId, 'csv'), { skipEmptyLines: true }).data;
    expect(csv).toHaveLength(1 + USERS + 2);
    await expect(app.progress(runId)).resolves.toMatchObject({ state: { kind: 'finished' } });

    expect(await app.deleteRun(runId)).toEqual([]);
    await expect(app.outcomes(runId, 0, 1)).rejects.toMatchObject(code('no-such-item'));
  });

  it('retries those who were not revoked as a run that names its parent', async () => {
    const { app, clock, start, ended } = setUp({ latencyMs: 500 });
    const runId = await start();
    await clock.advance(1_500);
    app.cancel(runId);
    await ended();
    const left = (await app.outcomes(runId, 0, 100)).filter(({ outcome }) => outcome === 'not-attempted');
    const list = await app.retryList(runId);
    expect(list.rows).toBe(left.length);
    const plan = await clock.runUntil(
      app.resolvePlan({ include: [{ kind: 'list', listId: list.listId, column: 0 }], exclude: [] }),
    );
    const { runId: child } = await app.start({
      planId: plan.planId,
      dryRun: false,
      reason: '',
      ticket: '',
      confirmation: plan.confirmationText,
    });
    await ended();
    const summary = (await app.listRuns()).find((run) => run.runId === child);
    expect(summary).toMatchObject({ parent: runId, counts: { revoked: left.length } });
    await expect(app.retryList(child)).rejects.toMatchObject(code('nothing-selected'));
    expect(await app.report(child, 'html')).toContain(runId);
  });

  it('keeps who has signed in again beside the closed journal, for the window and the reports', async () => {
    const tokens = new Map<string, string>();
    const { app, clock, start, ended, signIn, org } = setUp({ tokens });
    const runId = await start();
    await expect(app.verify(runId)).rejects.toMatchObject(code('run-active'));
    await ended();
    const none = { latest: null, earlier: 0, damage: null, recorded: true };
    expect(await app.verifications(runId)).toEqual(none);
    const journal = await readFile(join(folder, 'runs', runId, 'journal.jsonl'), 'utf8');
    await clock.runUntil(app.verify(runId));
    await clock.advance(60_000);
    const issued = new Date(clock.now()).toISOString();
    tokens.set(userId(4), issued);
    const answer = await clock.runUntil(app.verify(runId));
    expect(answer).toMatchObject({ earlier: 1, damage: null, recorded: true });
    expect(answer.latest).toMatchObject({
      operator: 'Olive Operator',
      checked: USERS,
      unknown: USERS - 1,
      calls: 1,
      againCount: 1,
      again: [{ index: 4, userId: userId(4), name: 'User 4', tokenIssuedAt: issued }],
    });
    expect(await readFile(join(folder, 'runs', runId, 'journal.jsonl'), 'utf8')).toBe(journal);

    const later = setUp();
    expect(await later.app.verifications(runId)).toEqual(answer);
    expect(await later.app.report(runId, 'html')).toContain(issued);
    const json = JSON.parse(await later.app.report(runId, 'json')) as { verifications: unknown[] };
    expect(json.verifications).toHaveLength(2);
    expect(json.verifications[1]).toEqual(answer.latest);

    signIn({
      ...org.session,
      connection: { ...org.session.connection, organization: { id: 'org-2', name: 'Other' } },
    });
    await expect(app.verify(runId)).rejects.toMatchObject(code('other-organization'));
  });

  it('asks for the right confirmation, the right sign-in, and one run at a time', async () => {
    const { app, clock, start, plan, signIn, org, ended } = setUp();
    await expect(start({ confirmation: 'revoke 11' })).rejects.toMatchObject(code('confirmation-needed'));
    const { planId } = await plan();
    const request = { planId, dryRun: false, reason: '', ticket: '', confirmation: 'REVOKE 12' };
    signIn({ ...org.session, operator: { userId: userId(3), name: 'Somebody else' } });
    await expect(app.start(request)).rejects.toMatchObject(code('other-organization'));
    signIn({ ...org.session, connection: { ...org.session.connection, id: 'connection-2' } });
    await expect(app.start(request)).rejects.toMatchObject(code('other-organization'));
    signIn(null);
    await expect(app.start(request)).rejects.toThrow('Nobody is signed in');
    signIn(org.session);
    const nobody = await plan('olive@example.org');
    await expect(app.start({ ...request, planId: nobody.planId, confirmation: '' })).rejects.toMatchObject(
      code('nothing-selected'),
    );
    expect(await readdir(folder)).toEqual([]);

    const both = Promise.allSettled([app.start(request), app.start(request)]);
    const [first, second] = await clock.runUntil(both);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: code('run-active') });
    await expect(app.deleteRun(app.activeRunId() ?? '')).rejects.toMatchObject(code('run-active'));
    await ended();
  });

  it('says so when the folder of runs cannot be written, and calls for nobody', async () => {
    const { start, org } = setUp();
    await writeFile(join(folder, 'runs'), 'a file where the folder should be');
    await expect(start()).rejects.toMatchObject(code('file-not-writable'));
    expect(org.requests).toHaveLength(0);
  });

  it('never lets an id of a run name another folder', async () => {
    const { app } = setUp();
    for (const runId of ['..', '../runs', '20260105-090000-abcdefghij/..', ''])
      await expect(app.deleteRun(runId)).rejects.toMatchObject(code('no-such-item'));
  });

  it('makes no call in a dry run', async () => {
    const { app, start, ended, org } = setUp();
    const runId = await start({ dryRun: true, confirmation: '' });
    await ended();
    expect(org.requests).toHaveLength(0);
    expect((await app.listRuns())[0]).toMatchObject({ dryRun: true, counts: { 'would-revoke': USERS } });
    expect((await app.outcomes(runId, 0, 1))[0]?.outcome).toBe('would-revoke');
  });

  it('resumes what a quit interrupted: exactly the users that are left', async () => {
    const first = setUp();
    const runId = await first.start();
    await first.clock.advance(1_000);
    await first.clock.runUntil(first.app.shutdown());
    const done = new Set(first.org.revoked.keys());
    expect(done.size).toBeGreaterThan(0);
    expect(done.size).toBeLessThan(USERS);

    const second = setUp();
    expect(await second.app.interruptedRunIds()).toEqual([runId]);
    expect((await second.app.listRuns())[0]?.counts).toMatchObject({
      revoked: done.size,
      'not-attempted': USERS - done.size,
    });
    await appendFile(join(folder, 'runs', runId, 'journal.jsonl'), '{"seq":99,"at":"torn');
    const stranger = setUp({ operatorId: userId(5) });
    await expect(stranger.resume(runId)).rejects.toMatchObject(code('other-organization'));

    await second.resume(runId);
    await second.ended();
    expect(second.org.requests).toHaveLength(USERS - done.size);
    expect(second.org.requests.filter((id) => done.has(id))).toEqual([]);
    expect((await second.app.listRuns())[0]).toMatchObject({
      state: { kind: 'finished' },
      counts: { revoked: USERS },
      damage: null,
    });
    await expect(second.resume(runId)).rejects.toMatchObject(code('no-such-item'));
  });

  it('closes what was interrupted for good: the rest is not attempted, and the journal says why', async () => {
    const first = setUp({ latencyMs: 500 });
    const runId = await first.start();
    await first.clock.advance(1_500);
    await expect(first.app.closeRun(runId, '')).rejects.toMatchObject(code('run-active'));
    // As a crash leaves it: nothing but what was written.
    const path = join(folder, 'runs', runId, 'journal.jsonl');
    const atCrash = await readFile(path, 'utf8');
    await first.clock.runUntil(first.app.shutdown());
    await writeFile(path, atCrash);

    const second = setUp();
    const [before] = await second.app.listRuns();
    expect(before).toMatchObject({ state: { kind: 'interrupted' }, endedAt: null, endedWhy: null });
    expect(before?.unanswered).toBeGreaterThan(0);
    second.signIn(null);
    const [after] = await second.app.closeRun(runId, 'A second list has them all');
    expect(after).toMatchObject({
      state: { kind: 'cancelled' },
      endedWhy: 'Closed without resuming: A second list has them all',
      counts: before?.counts,
      unanswered: before?.unanswered,
      damage: null,
    });
    expect((await readFile(path, 'utf8')).startsWith(atCrash)).toBe(true);
    expect(await second.app.interruptedRunIds()).toEqual([]);
    expect(await second.app.report(runId, 'html')).toContain('A second list has them all');
    await expect(second.app.closeRun(runId, '')).rejects.toMatchObject(code('no-such-item'));
    second.signIn(second.org.session);
    await expect(second.resume(runId)).rejects.toMatchObject(code('no-such-item'));
    expect(second.org.requests).toHaveLength(0);
  });

  it.each(['journal.jsonl', 'plan.jsonl'])('refuses to resume when %s was changed', async (file) => {
    const first = setUp();
    const runId = await first.start();
    await first.clock.advance(1_000);
    await first.clock.runUntil(first.app.shutdown());
    const path = join(folder, 'runs', runId, file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(userId(0), userId(1)));

    const second = setUp();
    await expect(second.resume(runId)).rejects.toMatchObject(code('journal-damaged'));
    expect(second.org.requests).toHaveLength(0);
    if (file === 'journal.jsonl') {
      expect((await second.app.listRuns())[0]?.damage).toContain('damaged');
      expect(await second.app.interruptedRunIds()).toEqual([]);
      await expect(second.app.closeRun(runId, '')).rejects.toMatchObject(code('journal-damaged'));
      expect(await second.app.outcomes(runId, 0, 10_000)).toHaveLength(USERS + 2);
    }
    expect(await readdir(join(folder, 'runs', runId))).not.toContain('lock');
  });

  it('says of nobody that they were not attempted where the journal can no longer be read', async () => {
    const first = setUp();
    const runId = await first.start();
    await first.ended();
    const path = join(folder, 'runs', runId, 'journal.jsonl');
    const bytes = await readFile(path);
    bytes[Math.floor(bytes.length / 2)] = 0xff;
    await writeFile(path, bytes);

    const { app } = setUp();
    const [summary] = await app.listRuns();
    const { counts = NO_COUNTS, unanswered = 0 } = summary ?? {};
    expect(summary?.damage).toContain('damaged');
    expect(counts['not-attempted']).toBe(0);
    expect(counts.revoked + unanswered).toBe(USERS);
    expect(unanswered).toBeGreaterThan(0);
    expect(counts.failed).toBe(unanswered);
    const rows = (await app.outcomes(runId, 0, 10_000)).slice(0, USERS);
    expect(rows.filter(({ outcome }) => outcome === 'revoked')).toHaveLength(counts.revoked);
    const unknown = rows.filter(({ outcome }) => outcome === 'failed');
    expect(unknown).toHaveLength(unanswered);
    for (const { note } of unknown) expect(note).toContain('is not certain');
    expect(await app.report(runId, 'csv')).not.toContain('not-attempted');
  });

  it('goes on by itself when the same operator has signed in again, and with nobody else', async () => {
    const { app, org, start, ended, clock, signIn } = setUp();
    signIn(expired(org.session));
    const runId = await start();
    await clock.advance(2_000);
    await expect(app.progress(runId)).resolves.toMatchObject({ state: { reason: 'sign-in-needed' } });
    signIn({ ...org.session, operator: { userId: userId(2), name: 'Other' } });
    await app.sessionChanged();
    await expect(app.continue(runId)).rejects.toMatchObject(code('other-organization'));
    signIn(org.session);
    await clock.runUntil(app.sessionChanged());
    await ended();
    expect(org.revoked.size).toBe(USERS);
  });

  it('goes on after signing in once its journal can be written, and nothing fails unheard', async () => {
    const { app, org, start, ended, clock, signIn } = setUp();
    signIn(expired(org.session));
    const runId = await start();
    await clock.advance(2_000);
    const [there, away] = [runId, 'away'].map((name) => join(folder, 'runs', name));
    await rename(there!, away!);
    signIn(org.session);
    await clock.runUntil(app.sessionChanged());
    await expect(app.progress(runId)).resolves.toMatchObject({ state: { reason: 'journal-not-writable' } });
    await rename(away!, there!);
    await ended();
    expect(org.revoked.size).toBe(USERS);
  });

  it('can be paused, continued and cancelled', async () => {
    const { app, start, ended, clock, org } = setUp();
    const runId = await start();
    expect(app.pause(runId).state).toMatchObject({ kind: 'paused', reason: 'by-you' });
    await clock.runUntil(app.continue(runId));
    expect(app.cancel(runId).state.kind).toBe('cancelled');
    await ended();
    const [summary] = await app.listRuns();
    expect(summary?.counts.revoked).toBe(org.revoked.size);
    expect(summary?.counts['not-attempted']).toBe(USERS - org.revoked.size);
    expect(app.pause(runId).state.kind).toBe('cancelled');
    expect(() => app.pause('another')).toThrow('not going on');
  });
});
