import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createManualClock } from '../../testing/manual-clock.ts';
import type { RevokeAnswer } from '../ports.ts';
import { answered, createFakeOrg, unclear, userId } from '../testing/fake-org.ts';
import { createTestRun } from '../testing/test-run.ts';
import { NO_TRIES } from './classify-answer.ts';
import { begunBefore } from './launch.ts';

const signedOut: RevokeAnswer = { kind: 'signed-out', message: 'Gone', status: 401, correlationId: 'c' };

/** Runs a plan in which the operator stands at `at`, whose own call may lose its answer. */
async function run(users: number, at: number, troubles: readonly number[], lost: boolean, begun: boolean) {
  const clock = createManualClock();
  const operator = userId(at);
  let dead = false;
  const org = createFakeOrg({
    users: [],
    clock,
    operatorId: operator,
    respond: (id, request) => {
      if (dead) return { answer: signedOut, applied: false };
      if (troubles.includes(request)) return { answer: unclear(), applied: false };
      if (id === operator) dead = true;
      return {
        answer: id === operator && lost ? unclear() : { kind: 'revoked', ...answered },
        applied: true,
      };
    },
  });
  const { runner, settled } = createTestRun({
    ...{ users, clock, org },
    begun: begun ? new Map([[at, NO_TRIES]]) : new Map(),
  });
  await clock.runUntil(runner.start('started').then(() => runner.ended));
  return { runner, settled, requests: org.requests, operator };
}

it('ends the operator’s own tokens last, when all others have an outcome, and ends well', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.nat(29),
      fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      async (users, place, troubles, lost, begun) => {
        const { runner, settled, requests, operator } = await run(
          users,
          place % users,
          troubles,
          lost,
          begun,
        );
        const first = requests.indexOf(operator);
        expect(requests.slice(first).every((id) => id === operator)).toBe(true);
        expect(runner.state.kind).toBe('finished');
        expect([...settled.values()].map(({ outcome }) => outcome)).toEqual(Array(users).fill('revoked'));
      },
    ),
    { numRuns: 60 },
  );
});

it('comes to the operator after a pause too, when the user who found the network again was the last other one', async () => {
  const clock = createManualClock();
  const operatorId = userId(1);
  const org = createFakeOrg({
    ...{ users: [], clock, operatorId },
    respond: (_id, request) =>
      request <= 3
        ? { answer: unclear(true), applied: false }
        : { answer: { kind: 'revoked', ...answered }, applied: true },
  });
  const { runner } = createTestRun({ users: 2, clock, org });
  await runner.start('started');
  await clock.advance(120_000);
  expect(org.requests.at(-1)).toBe(operatorId);
  expect(runner.state.kind).toBe('finished');
});

// Signing in again and asking once more tells; a guess would stand in the evidence as a fact.
it.each<[string, RevokeAnswer, RevokeAnswer]>([
  ['its calls were never sent, and then the token ended by itself', unclear(true), signedOut],
  ['the refusal says that no token arrived', unclear(), { ...signedOut, apiCode: 'authentication.required' }],
])('is not called revoked when %s', async (_why, before, refusal) => {
  const clock = createManualClock();
  const operatorId = userId(0);
  const org = createFakeOrg({
    ...{ users: [], clock, operatorId },
    respond: (_id, request) => ({ answer: request === 1 ? before : refusal, applied: false }),
  });
  const { runner, settled } = createTestRun({ users: 1, clock, org });
  await runner.start('started');
  await clock.advance(60_000);
  expect(runner.state).toMatchObject({ kind: 'paused', reason: 'sign-in-needed' });
  expect(settled.size).toBe(0);
});

it.each<[string, boolean]>([
  ['under another sign-in', false],
  ['before the app was closed', true],
])('nor when the answer was lost %s: another token is refused now', async (_when, resumed) => {
  const clock = createManualClock();
  const org = createFakeOrg({
    ...{ users: [], clock, operatorId: userId(0) },
    respond: (_id, request) => ({
      answer: request === 1 && !resumed ? unclear() : signedOut,
      applied: false,
    }),
  });
  const open = new Map([[0, userId(0)]]);
  const begun = resumed ? begunBefore(open) : new Map();
  const { runner, settled } = createTestRun({ users: 1, clock, org, begun });
  await runner.start('started');
  await clock.advance(60);
  if (!resumed) {
    runner.pause();
    await clock.advance(60);
    await runner.continue({ ...org.session });
  }
  await clock.advance(60_000);
  expect(settled.size).toBe(0);
  expect(runner.state).toMatchObject({ reason: 'sign-in-needed' });
});
