import { setTimeout as sleep } from 'node:timers/promises';
import type { CallInput, CallName, CallOutput } from '../../src/shared/ipc.ts';
import type { OutcomeRow, RunProgress } from '../../src/shared/run.ts';
import { expect, type RunningApp, type Simulator } from '../support/app.ts';
import { answerMessageBoxes } from '../support/dialogs.ts';
import { callsPerUser, expectTruth, ordinaryUsers, REVOKE_ROUTE } from '../support/revocation.ts';
import { signInWithToken } from '../support/window.ts';
import { outcomesIn, readJournalFile } from './journal.ts';

/** Longest that a run may take to its end after the last kill, ms. */
const LAST_STRETCH_MS = 25_000;

/** The app is killed at most so often in a run, so that the run has an end. */
const MOST_KILLS = 3;

const POLL_MS = 100;

export interface Chaos {
  readonly simulator: Simulator;
  readonly profile: string;
  readonly launch: () => Promise<RunningApp>;
  /** 0 to below 1. */
  readonly random: () => number;
}

async function ask<K extends CallName>(
  { page }: RunningApp,
  name: K,
  input: CallInput<K>,
): Promise<CallOutput<K>> {
  const result = await page.evaluate(
    ([call, value]) => window.tokendesk.call[call as 'runs.progress'](value as { runId: string }),
    [name, input] as const,
  );
  if (!result.ok) throw new Error(`${name}: ${result.error.code}, ${result.error.message}`);
  return result.data;
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

async function startApp({ launch, simulator }: Chaos): Promise<RunningApp> {
  const app = await launch();
  await signInWithToken(app.page, simulator, simulator.issueToken(simulator.userId));
  return app;
}

async function begin(app: RunningApp, userIds: readonly string[]): Promise<string> {
  await answerMessageBoxes(app.electron, 1);
  const { listId } = await ask(app, 'list.fromText', { text: userIds.join('\n') });
  const plan = await ask(app, 'plan.resolve', {
    include: [{ kind: 'list', listId, column: 0 }],
    exclude: [],
  });
  const progress = await ask(app, 'runs.start', {
    planId: plan.planId,
    dryRun: false,
    reason: 'Chaos',
    ticket: '',
    confirmation: plan.confirmationText,
  });
  return progress?.runId ?? '';
}

/** Until the run has ended or the time is over. A token that was taken away is replaced, as a person would. */
async function follow(app: RunningApp, runId: string, chaos: Chaos, until: number): Promise<RunProgress> {
  for (;;) {
    const progress = await ask(app, 'runs.progress', { runId });
    const { state } = progress;
    if (state.kind === 'finished' || Date.now() >= until) return progress;
    if (state.kind === 'paused' && state.reason === 'sign-in-needed')
      await signInWithToken(app.page, chaos.simulator, chaos.simulator.issueToken(chaos.simulator.userId));
    await sleep(POLL_MS);
  }
}

/** What must hold after a kill: nobody who is done is ever called for again. */
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
 * One run under random faults; the app is killed at random instants and the run resumed until it has finished. Then
 * report, journal and the server's ledger must agree for every user.
 * @returns how often the app was killed.
 */
export async function chaosRun(chaos: Chaos): Promise<number> {
  const { simulator, profile, random } = chaos;
  const userIds = ordinaryUsers(simulator, 60 + Math.floor(random() * 120));
  simulator.reset();
  let app = await startApp(chaos);
  addFaults(simulator, random);
  const runId = await begin(app, userIds);
  const kills = 1 + Math.floor(random() * MOST_KILLS);
  const done: Done[] = [];
  let killed = 0;
  for (; killed < kills; killed += 1) {
    const { state } = await follow(app, runId, chaos, Date.now() + 50 + random() * 1_500);
    if (state.kind === 'finished') break;
    await app.kill();
    const outcomes = outcomesIn(await readJournalFile(profile, runId));
    done.push({ userIds: [...outcomes.keys()], calls: callsPerUser(simulator) });
    app = await startApp(chaos);
    await ask(app, 'runs.resume', { runId });
  }
  const last = await follow(app, runId, chaos, Date.now() + LAST_STRETCH_MS);
  expect(last, `the run of ${userIds.length} users after ${killed} kills`).toMatchObject({
    state: { kind: 'finished' },
  });

  const rows = await ask(app, 'runs.outcomes', { runId, from: 0, count: 10_000 });
  const journal = await readJournalFile(profile, runId);
  await app.quit();

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
  return killed;
}
