import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeepOutKey, KeepOutSummary } from '../../src/shared/keep-out.ts';
import { expect, type RunningApp, type Simulator } from '../support/app.ts';
import { ordinaryUsers, REVOKE_ROUTE } from '../support/revocation.ts';
import { agreedTo, ask, follow, signInAgain, startRun, tryAsk } from './calls.ts';
import { readJournalFile, type JournalLine } from './journal.ts';
import { setInMain, startLife, type Evidence, type Launch } from './life.ts';
import { expectAgreed, expectKnownQuestions, expectNoSecrets, longestMoment } from './proofs.ts';

/** A minute between two looks is a fifth of a second. */
const FAST = { TOKENDESK_KEEP_OUT_SPEED: '300' };
const POLL_MS = 50;
const MOST_TRIES = 10;
const RUN_MS = 60_000;
/** Until everybody who came back is revoked again, once nothing fails any longer, ms. */
const LAST_STRETCH_MS = 60_000;
/** How long a disk fails, or nothing special happens, ms. */
const A_WHILE_MS = 600;

interface Chaos {
  readonly simulator: Simulator;
  readonly profile: string;
  readonly launch: Launch;
  /** 0 to below 1. */
  readonly random: () => number;
  /** More troubles. */
  readonly thorough: boolean;
}

interface Told {
  readonly users: number;
  readonly returns: number;
  readonly killed: number;
  readonly longestMomentMs: number;
}

const TROUBLES = ['kill', 'full', 'kill', 'read-only'] as const;

/** They are used up in the end: who is to be revoked then, is. */
function addFaults(simulator: Simulator, random: () => number): void {
  const count = (): number => 1 + Math.floor(random() * 3);
  const looks = 'GET /api/v2/users';
  simulator.addFaults(
    { kind: 'status', status: 503, route: REVOKE_ROUTE, count: count() },
    { kind: 'reset', route: REVOKE_ROUTE, count: count() },
    { kind: 'answer-lost', route: REVOKE_ROUTE, count: count() },
    { kind: 'truncated', route: REVOKE_ROUTE, count: count() },
    { kind: 'delay', delayMs: 1 + Math.floor(random() * 300), route: REVOKE_ROUTE, count: count() },
    { kind: 'status', status: 429, retryAfter: 1, route: looks, count: 1 },
    { kind: 'status', status: 502, route: looks, count: count() },
    { kind: 'reset', route: looks, count: count() },
    { kind: 'expire-token', route: looks, afterCalls: Math.floor(random() * 20) },
  );
}

/** Whatever it waits for is given to it, as a person would. */
async function keepGoing(app: RunningApp, simulator: Simulator, key: KeepOutKey): Promise<KeepOutSummary> {
  const found = (await ask(app, 'keepOut.list', { runId: key.runId })).find(
    ({ keepOutId }) => keepOutId === key.keepOutId,
  );
  if (!found) throw new Error('The keeping-out is not listed');
  if (found.state.kind === 'paused') {
    if (found.state.reason === 'sign-in-needed') await signInAgain(app, simulator);
    // It may have gone on by itself meanwhile, which is no failure.
    else if (found.state.reason === 'journal-not-writable') await tryAsk(app, 'keepOut.continue', key);
  }
  return found;
}

/** As often as a person would try: it asks Genesys Cloud before it asks the person, and that can fail too. */
async function resumed(app: RunningApp, simulator: Simulator, key: KeepOutKey): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await agreedTo(app, simulator, 'keepOut.resume', key);
      return;
    } catch (error) {
      if (tries >= MOST_TRIES) throw error;
      await signInAgain(app, simulator);
    }
  }
}

const isDead = async (simulator: Simulator, token: string): Promise<boolean> => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${simulator.api}/api/v2/tokens/me`, { headers })).status === 401;
};

/** What the journal claims and what the server did, user by user. */
function expectAgreement(
  userIds: readonly string[],
  back: ReadonlySet<string>,
  journal: readonly JournalLine[],
  simulator: Simulator,
): void {
  const { revocations } = simulator.ledger();
  for (const userId of userIds) {
    // The first is that of the run itself.
    const again = (revocations[userId] ?? []).slice(1).map(({ correlationId }) => correlationId);
    const mine = journal.filter((line) => line.userId === userId);
    const claimed = mine.flatMap(({ type, outcome, correlationId }) =>
      type === 'outcome' && outcome === 'revoked' ? [correlationId ?? ''] : [],
    );
    const calls = mine.filter(({ type }) => type === 'intent').length;
    const seen = mine.filter(({ type }) => type === 'return').length;
    if (!back.has(userId)) {
      expect({ userId, again, calls, seen }).toEqual({ userId, again: [], calls: 0, seen: 0 });
      continue;
    }
    expect(seen, `returns of ${userId} in the journal`).toBeGreaterThan(0);
    expect(
      claimed.filter((id) => !again.includes(id)),
      `claimed of ${userId}, and never done`,
    ).toEqual([]);
    // A call whose answer was lost, or that a kill overtook, is an intent without an outcome of its own.
    expect(again.length, `revocations of ${userId} that no intent precedes`).toBeLessThanOrEqual(calls);
  }
}

/**
 * Users of a run are kept out under faults, a disk that fails and kills at random instants; some of them come back again
 * and again. In the end nobody who came back has a token, nobody else was touched, and journal, ledger and dialogs agree.
 */
export async function keepOutChaos({ simulator, profile, launch, random, thorough }: Chaos): Promise<Told> {
  simulator.reset();
  const userIds = ordinaryUsers(simulator, 20 + Math.floor(random() * 20));
  const lives: Evidence[] = [];
  let life = await startLife(launch, profile, simulator, FAST);
  const runId = await startRun(life.app, simulator, userIds);
  await follow(life.app, runId, { simulator, until: Date.now() + RUN_MS });
  const begun = await agreedTo(life.app, simulator, 'keepOut.start', {
    runId,
    who: 'revoked',
    minutes: null,
  });
  const key = { runId, keepOutId: begun?.keepOutId ?? '' };
  addFaults(simulator, random);

  const renewing = userIds.slice(0, 1 + Math.floor(random() * 6));
  const tokens: string[] = [];
  const comeBack = (): void => {
    for (const userId of renewing) if (random() < 0.6) tokens.push(simulator.issueToken(userId));
  };
  tokens.push(...renewing.map((userId) => simulator.issueToken(userId)));
  const letItGoOn = async (ms: number): Promise<void> => {
    for (const until = Date.now() + ms; Date.now() < until;) {
      await keepGoing(life.app, simulator, key);
      await sleep(POLL_MS);
    }
  };
  let killed = 0;
  for (const trouble of thorough ? [...TROUBLES, ...TROUBLES] : TROUBLES) {
    comeBack();
    await letItGoOn(random() * A_WHILE_MS);
    if (trouble !== 'kill') {
      await setInMain(life.app, { diskIs: trouble });
      comeBack();
      await sleep(random() * A_WHILE_MS);
      await setInMain(life.app, { diskIs: 'works' });
      continue;
    }
    lives.push(await life.end('kill'));
    killed += 1;
    comeBack();
    life = await startLife(launch, profile, simulator, FAST);
    await resumed(life.app, simulator, key);
  }

  comeBack();
  const until = Date.now() + LAST_STRETCH_MS;
  for (const token of tokens)
    while (!(await isDead(simulator, token))) {
      expect(Date.now(), 'somebody who came back still has a token').toBeLessThan(until);
      await letItGoOn(POLL_MS);
    }
  await ask(life.app, 'keepOut.stop', key);
  lives.push(await life.end('quit'));

  const journal = await readJournalFile(
    join(profile, 'runs', runId, 'keep-out', key.keepOutId, 'journal.jsonl'),
  );
  const end = journal.findLastIndex(({ type }) => type === 'state');
  expect(journal[end]).toMatchObject({ state: { kind: 'cancelled' } });
  // Of calls that were under way.
  expect(journal.slice(end + 1).filter(({ type }) => type !== 'outcome')).toEqual([]);
  expectAgreement(userIds, new Set(renewing), journal, simulator);
  expectAgreed(simulator, lives);
  expectKnownQuestions(lives);
  await expectNoSecrets(profile, [simulator.token, simulator.clientSecret, ...tokens], lives);
  return { users: userIds.length, returns: tokens.length, killed, longestMomentMs: longestMoment(lives) };
}
