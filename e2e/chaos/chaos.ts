import { join } from 'node:path';
import type { OutcomeRow } from '../../src/shared/run.ts';
import { expect, type Simulator } from '../support/app.ts';
import { callsPerUser, expectTruth, ordinaryUsers, REVOKE_ROUTE } from '../support/revocation.ts';
import { ask, asListed, follow, resumeRun, startRun } from './calls.ts';
import { outcomesIn, readJournalFile } from './journal.ts';
import { startLife, type Evidence, type Launch } from './life.ts';
import { expectAgreed, expectKnownQuestions, expectNoSecrets, longestMoment } from './proofs.ts';
import { makeTrouble, troublesOf } from './trouble.ts';

/** Longest that a run may take to its end after the last kill, ms. */
const LAST_STRETCH_MS = 60_000;

interface Chaos {
  readonly simulator: Simulator;
  readonly profile: string;
  readonly launch: Launch;
  /** Which run of how many, from 0: says which troubles it has. */
  readonly run: number;
  /** 0 to below 1. */
  readonly random: () => number;
}

/** What one run was, for the figures. */
interface Told {
  readonly users: number;
  readonly killed: number;
  readonly troubles: readonly string[];
  /** ms; at most the processor time of main. */
  readonly longestMomentMs: number;
  readonly questions: number;
}

function addFaults(simulator: Simulator, random: () => number): void {
  const route = REVOKE_ROUTE;
  const often = (): number => 0.01 + random() * 0.05;
  simulator.addFaults(
    { kind: 'status', status: 503, route, probability: often() },
    { kind: 'reset', route, probability: often() },
    { kind: 'answer-lost', route, probability: often() },
    { kind: 'truncated', route, probability: often() },
    { kind: 'delay', delayMs: 1 + Math.floor(random() * 1_500), route, probability: often() },
    { kind: 'status', status: 429, retryAfter: 1, route, count: 1 + Math.floor(random() * 2) },
    { kind: 'status', status: 403, code: 'missing.any.permissions', route, count: 1 },
  );
  if (random() < 0.5)
    simulator.addFaults({ kind: 'expire-token', route, afterCalls: Math.floor(random() * 100) });
}

/** What must hold after a kill: nobody who is done is ever called again. */
interface Done {
  readonly userIds: readonly string[];
  readonly calls: ReadonlyMap<string, number>;
}

const asReportRow = (row: OutcomeRow): Parameters<typeof expectTruth>[0][number] => ({
  row: String(row.index + 1),
  input: row.input,
  user_id: row.userId ?? '',
  outcome: row.outcome,
  note: row.note ?? '',
  attempts: String(row.attempts),
  status: String(row.status ?? ''),
  correlation_id: row.correlationId ?? '',
});

/**
 * One run under random faults and troubles of the computer; the app is killed at random instants and the run resumed
 * until it has finished. Then report, journal and the server's ledger must agree for every user, each revocation must
 * follow a dialog, and no secret may be found.
 */
export async function chaosRun(chaos: Chaos): Promise<Told> {
  const { simulator, profile, random } = chaos;
  const userIds = ordinaryUsers(simulator, 60 + Math.floor(random() * 50));
  const lines = await asListed(simulator, userIds);
  simulator.reset();
  const lives: Evidence[] = [];
  const done: Done[] = [];
  const troubles: string[] = [];
  let life = await startLife(chaos.launch, profile, simulator);
  addFaults(simulator, random);
  const runId = await startRun(life.app, simulator, lines);
  const journalPath = join(profile, 'runs', runId, 'journal.jsonl');
  const soon = (): { simulator: Simulator; until: number } => ({
    simulator,
    until: Date.now() + 50 + random() * 800,
  });
  const planned = troublesOf(chaos.run, random);
  /** The one behind which it is killed for certain. */
  const mortal = planned[Math.floor(random() * planned.length)];
  for (const name of planned) {
    if ((await follow(life.app, runId, soon())).state.kind === 'finished') break;
    const kills = name === mortal || random() < 0.1;
    lives.push(...(await makeTrouble(name, { life, runId, simulator, profile, random, killed: kills })));
    troubles.push(name);
    if (!kills) continue;
    lives.push(await life.end('kill'));
    const outcomes = outcomesIn(await readJournalFile(journalPath));
    done.push({ userIds: [...outcomes.keys()], calls: callsPerUser(simulator) });
    life = await startLife(chaos.launch, profile, simulator);
    if ((await ask(life.app, 'runs.progress', { runId })).state.kind === 'finished') break;
    await resumeRun(life.app, simulator, runId);
  }
  const killed = done.length;
  const last = await follow(life.app, runId, { simulator, until: Date.now() + LAST_STRETCH_MS });
  expect(last, `the run of ${userIds.length} users after ${killed} kills`).toMatchObject({
    state: { kind: 'finished' },
  });

  const rows = await ask(life.app, 'runs.outcomes', { runId, from: 0, count: 10_000 });
  const journal = await readJournalFile(journalPath);
  lives.push(await life.end('quit'));

  expect(rows.map(({ userId }) => userId)).toEqual(userIds);
  expect([...outcomesIn(journal)].sort()).toEqual(
    rows.map(({ userId, outcome }) => [userId, outcome] as const).sort(),
  );
  expect(journal.at(-1)).toMatchObject({ type: 'state', state: { kind: 'finished' } });
  expectTruth(rows.map(asReportRow), simulator);
  const calls = callsPerUser(simulator);
  for (const { userIds: settled, calls: before } of done)
    for (const userId of settled)
      expect(calls.get(userId), `calls for ${userId}, who was done`).toBe(before.get(userId));
  expectAgreed(simulator, lives);
  expectKnownQuestions(lives);
  await expectNoSecrets(profile, [simulator.token, simulator.clientSecret], lives);
  const questions = lives.reduce((sum, life_) => sum + life_.questions.length, 0);
  return { users: userIds.length, killed, troubles, longestMomentMs: longestMoment(lives), questions };
}
