import { expect } from 'vitest';
import { NO_COUNTS, type OutcomeRow } from '../../../shared/run.ts';
import { MAX_ATTEMPTS, MAX_RATE_LIMITED } from '../../retry-policy.ts';
import { reportRows, summarise } from '../history/load.ts';
import type { Replay } from '../journal/replay.ts';
import { readJournal } from '../journal/reader.ts';
import type { JournalRecord } from '../journal/records.ts';
import type { SimulatedRun, Watch } from './simulated-run.ts';
import type { AppLife } from './surroundings.ts';
import type { Call } from './world-server.ts';
import type { World } from './world.ts';

/** Row of a user. */
const indexOf = (id: string): number => parseInt(id.slice(-12), 16);

const CLEAR = ['revoked', 'not-found', 'forbidden', 'refused'];
const isClear = ({ answer }: Call): boolean => CLEAR.includes(answer.kind);

/** Neither turned away at the door nor kept from it. */
const came = ({ answer }: Call): boolean =>
  CLEAR.includes(answer.kind) || (answer.kind === 'unclear' && answer.sent === 'maybe');

/** Pauses in which one user at a time finds out whether they are over. */
const PROBED = ['offline', 'portal', 'proxy-sign-in', 'server-failing'];

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b);

function checkCall(id: string, { no, settled, keepBack, runner }: AppLife, run: SimulatedRun): void {
  const { server, rows, around } = run;
  const index = indexOf(id);
  const earlier = server.calls.filter((call) => call.userId === id && call.life === no);
  expect(run.header.dryRun, 'a dry run calls nobody').toBe(false);
  expect(rows[index]?.decision.kind, 'nobody who is kept back is called for').toBe('revoke');
  expect(keepBack.has(index), 'nobody who is protected is called for').toBe(false);
  expect(settled.has(index), 'nobody is called for who has an outcome').toBe(false);
  expect(
    earlier.filter((call) => call.told === null || isClear(call)),
    'one call at a time, and none after a clear answer',
  ).toEqual([]);
  expect(
    around.disk.bytes().includes(`"type":"intent","index":${index},`),
    'the intent is written first',
  ).toBe(true);
  const { state } = runner;
  const may = state.kind === 'running' || (state.kind === 'paused' && PROBED.includes(state.reason));
  expect(may, `no call while ${JSON.stringify(state)}`).toBe(true);
  if (id !== server.operatorId) return;
  const others = rows.filter((row) => row.decision.kind === 'revoke' && row.index !== index);
  expect(
    others.every((row) => settled.has(row.index)),
    'the operator comes last',
  ).toBe(true);
}

/** While the run goes on, the window counts who has an outcome, and nobody else. */
function checkCounts({ settled, runner, no }: AppLife, run: SimulatedRun): void {
  const { state, counts, users, inFlight } = runner.progress();
  if (state.kind !== 'running' && state.kind !== 'paused') return;
  const counted = { ...NO_COUNTS, 'kept-back': run.header.keptBack };
  for (const { outcome } of settled.values()) counted[outcome] += 1;
  expect(counts).toEqual(counted);
  expect(users + counts['kept-back']).toBe(run.rows.length);
  expect(inFlight).toBe(run.server.calls.filter((call) => call.life === no && call.told === null).length);
}

/** What is left in the journal is what was known. */
function checkLeft(was: AppLife, left: Replay, how: 'torn' | 'killed' | 'quit', run: SimulatedRun): void {
  const { settled, runner, heard } = was;
  const told = heard?.state.kind;
  const wasCancelled = told === 'cancelled' && how === 'quit' && !was.troubled;
  if (told === 'finished' || wasCancelled)
    expect(left.state.kind, 'an end that is told is recorded').toBe(told);
  if (wasCancelled) expect(left.open.size, 'whose call was begun has an outcome').toBe(0);
  for (const [index, settlement] of settled) expect(left.settled.get(index)).toEqual(settlement);
  const called = run.server.calls.filter(({ life }) => life === was.no);
  for (const index of called.map(({ userId }) => indexOf(userId)))
    expect(left.settled.has(index) || left.open.has(index), 'who was called for is known').toBe(true);
  if (how !== 'torn') {
    expect([...left.settled.keys()].sort()).toEqual([...settled.keys()].sort());
    for (const { index } of run.rows) expect(runner.isBegun(index)).toBe(left.open.has(index));
  }
  // At its end the app writes what it knows; killed, what it heard in this moment is lost.
  const since = how === 'quit' ? Infinity : (was.diedAt ?? 0) - 2 * run.writeMs;
  if (was.diskBad === false ? how !== 'quit' : was.troubled) return;
  for (const call of called)
    if (call.told !== null && call.told < since && isClear(call))
      expect(left.settled.has(indexOf(call.userId)), 'what was answered is recorded').toBe(true);
}

/** What holds at every moment of a run. */
export const watch = (run: () => SimulatedRun): Watch => ({
  onCall: (id, now) => checkCall(id, now, run()),
  onQuiet: (now) => checkCounts(now, run()),
  onGone: (was, left, how) => checkLeft(was, left, how, run()),
});

/** The operator's last call ends the token it is made with: the next answer tells that it came. */
const isTheirOwnToken = ({ userId }: OutcomeRow, { server }: SimulatedRun, told: readonly Call[]): boolean =>
  userId === server.operatorId &&
  told.some(
    (call, n) =>
      call.answer.kind === 'signed-out' &&
      told.slice(0, n).some((earlier) => earlier.token === call.token && came(earlier)),
  );

/** What a row says of its user is what the world did. */
function checkTruth(row: OutcomeRow, run: SimulatedRun, isFinished: boolean): void {
  const calls = run.server.calls.filter(({ userId }) => userId === row.userId);
  const told = calls.filter((call) => call.told !== null);
  const mayHaveActed = calls.filter((call) => call.told === null || came(call));
  const heard = (kind: string): number => told.filter(({ answer }) => answer.kind === kind).length;
  const isProtected = run.around.protectedRows.has(row.index);
  switch (row.outcome) {
    case 'revoked':
      expect(heard('revoked') > 0 || isTheirOwnToken(row, run, told), 'revoked is what was').toBe(true);
      break;
    case 'not-found':
    case 'forbidden':
      expect(heard(row.outcome)).toBeGreaterThan(0);
      break;
    case 'failed':
      if (row.status === 400) expect(heard('refused')).toBeGreaterThan(0);
      else if (isFinished && !isProtected)
        expect(heard('unclear') >= MAX_ATTEMPTS || heard('rate-limited') >= MAX_RATE_LIMITED).toBe(true);
      break;
    case 'kept-back':
      expect(isProtected || run.rows[row.index]?.decision.kind === 'kept-back').toBe(true);
      expect(mayHaveActed, 'kept back is who was never called for').toEqual([]);
      break;
    case 'not-attempted':
      expect(isFinished).toBe(false);
      expect(mayHaveActed, 'not attempted is who was never called for').toEqual([]);
      break;
    case 'would-revoke':
      expect(run.header.dryRun).toBe(true);
      break;
  }
  expect(row.attempts).toBeLessThanOrEqual(told.filter(came).length);
}

/**
 * What holds when the run has ended.
 * @param last the life in which it did; null when the person closed it between two, or the app died over it.
 */
export async function checkEnd(run: SimulatedRun, world: World, last: AppLife | null): Promise<void> {
  const records: JournalRecord[] = [];
  await readJournal([run.around.disk.bytes()], (record) => records.push(record));
  const { replay, end } = await run.read();
  const { state } = replay;
  const isFinished = state.kind === 'finished';
  if (!world.deeds.some(({ deed }) => 'app' in deed && deed.app.kind === 'cancel'))
    expect(isFinished).toBe(true);
  // Behind a cancelling, the calls under way still end.
  if (isFinished) expect(records.at(-1)).toMatchObject({ type: 'state', state });

  const outcomes = records.flatMap((record) => (record.type === 'outcome' ? [record.index] : []));
  expect(new Set(outcomes).size, 'one outcome for each').toBe(outcomes.length);
  const toRevoke = run.rows.filter(({ decision }) => decision.kind === 'revoke').map(({ index }) => index);
  if (isFinished) expect(outcomes.sort((a, b) => a - b)).toEqual(toRevoke);

  const recorded = { runId: 'run', replayed: replay, ...end, rows: run.rows };
  const counted = { ...NO_COUNTS };
  for (const row of reportRows(recorded)) {
    checkTruth(row, run, isFinished);
    counted[row.outcome] += 1;
  }
  const { counts, users } = summarise(recorded, false);
  expect(counts).toEqual(counted);
  expect(sum(counts)).toBe(run.rows.length);
  expect(users + counts['kept-back']).toBe(run.rows.length);
  if (!last) return;
  expect(last.heard).toMatchObject({ counts, users });
  // What a broken disk never took is told all the same: "finished" may stand there, unsynced, before a cancelling or a quit.
  if (!last.troubled || last.heard?.state.kind === 'finished') expect(last.heard?.state).toEqual(state);
}
