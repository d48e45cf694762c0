import { describe, expect, it } from 'vitest';
import type { NetworkTrouble, Sent } from '../../genesys/network-failure.ts';
import { createPacer } from '../../genesys/pacing.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import type { RevokeAnswer } from '../ports.ts';
import { answered, createFakeOrg, userId } from '../testing/fake-org.ts';
import { createTestRun } from '../testing/test-run.ts';

const revoked: RevokeAnswer = { kind: 'revoked', ...answered };
const blocked = (trouble: NetworkTrouble, sent: Sent): RevokeAnswer => ({
  kind: 'unclear',
  status: null,
  correlationId: null,
  message: 'In the way',
  trouble,
  sent,
});

/** A run of 40 users behind something that `answer` describes; null lets the call through. */
async function startRun(answer: (userId: string) => RevokeAnswer | null) {
  const clock = createManualClock();
  const org = createFakeOrg({
    users: [],
    clock,
    pacer: createPacer({ clock, limitPerMinute: 300 }),
    respond: (id) => {
      const inTheWay = answer(id);
      return inTheWay ? { answer: inTheWay, applied: false } : { answer: revoked, applied: true };
    },
  });
  const { runner, settled } = createTestRun({ users: 40, clock, org });
  await runner.start('started');
  const outcomes = () => new Set([...settled.values()].map(({ outcome }) => outcome));
  const attempts = () => [...settled.values()].map((settlement) => settlement.attempts);
  return { clock, org, runner, settled, outcomes, attempts };
}

describe('something in the way to Genesys Cloud', () => {
  it.each([
    ['offline', 'no', 'offline', 3],
    ['offline', 'maybe', 'offline', 3],
    ['portal', 'maybe', 'portal', 3],
    ['not-trusted', 'no', 'not-trusted', 1],
    ['proxy-sign-in', 'no', 'proxy-sign-in', 1],
  ] as const)(
    '%s (sent: %s): the run pauses as “%s”, uses up nobody’s attempts, and goes on by itself',
    async (trouble, sent, reason, calls) => {
      let inTheWay = true;
      const { clock, org, runner, outcomes, attempts } = await startRun(() =>
        inTheWay ? blocked(trouble, sent) : null,
      );
      await clock.advance(4_000);
      expect(runner.state).toMatchObject({ kind: 'paused', reason });
      // Those that were under way, and not one after the other.
      expect(org.requests.length).toBeLessThanOrEqual(calls + 2);
      // It lasts: far more probes than a user has attempts.
      await clock.advance(30 * 60_000);
      expect(runner.state).toMatchObject({ kind: 'paused', reason });
      inTheWay = false;
      await clock.runUntil(runner.ended);
      expect(outcomes()).toEqual(new Set(['revoked']));
      if (sent === 'no') expect(new Set(attempts())).toEqual(new Set([1]));
    },
  );

  it('what was certainly not sent was not attempted, when the run is cancelled then', async () => {
    const { clock, runner, outcomes } = await startRun(() => blocked('offline', 'no'));
    await clock.advance(60_000);
    runner.cancel();
    await clock.runUntil(runner.ended);
    expect([...outcomes()].filter((outcome) => outcome !== 'not-attempted')).toEqual([]);
    expect(runner.progress().counts).toMatchObject({ 'not-attempted': 40, failed: 0 });
  });

  it('what may have been carried out is not called untouched', async () => {
    const { clock, runner } = await startRun(() => blocked('offline', 'maybe'));
    await clock.advance(3_000);
    runner.cancel();
    await clock.runUntil(runner.ended);
    const { counts } = runner.progress();
    expect(counts.failed).toBeGreaterThan(0);
    expect(counts.failed + counts['not-attempted']).toBe(40);
  });

  it('a bare refusal that one user gets, again and again, ends as his failure and holds nobody up', async () => {
    const { clock, runner, settled } = await startRun((id) =>
      id === userId(39) ? { ...blocked('broken-off', 'maybe'), status: 404 } : null,
    );
    await clock.runUntil(runner.ended);
    expect(runner.progress().counts).toMatchObject({ revoked: 39, failed: 1 });
    expect(settled.get(39)).toMatchObject({ outcome: 'failed', attempts: 5, status: 404 });
  });

  it('first without a network, then before a proxy: said as it is now', async () => {
    let answer: RevokeAnswer | null = blocked('offline', 'no');
    const { clock, runner, outcomes } = await startRun(() => answer);
    await clock.advance(60_000);
    expect(runner.state).toMatchObject({ reason: 'offline' });
    answer = blocked('proxy-sign-in', 'no');
    await clock.advance(120_000);
    expect(runner.state).toMatchObject({ reason: 'proxy-sign-in' });
    answer = null;
    await clock.runUntil(runner.ended);
    expect(outcomes()).toEqual(new Set(['revoked']));
  });
});
