import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PauseReason, RunState } from '../../../shared/run.ts';
import { hasEnded, transition, type RunEvent } from './state.ts';

const reasons: PauseReason[] = [
  'by-you',
  'offline',
  'server-failing',
  'rate-limited',
  'sign-in-needed',
  'nothing-allowed',
  'journal-not-writable',
];
const event: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.constantFrom<RunEvent>(
    { kind: 'started' },
    { kind: 'continued' },
    { kind: 'resumed' },
    { kind: 'interrupted' },
    { kind: 'cancelled', at: 't' },
    { kind: 'finished', at: 't' },
  ),
  fc.constantFrom(...reasons).map((reason): RunEvent => ({ kind: 'paused', reason, at: 't', until: null })),
);

const walk = (events: readonly RunEvent[]): RunState[] => {
  const states: RunState[] = [{ kind: 'planned' }];
  for (const e of events) states.push(transition(states.at(-1)!, e) ?? states.at(-1)!);
  return states;
};

describe('the states of a run', () => {
  it('never leaves an end, and never runs without being started, continued or resumed', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        walk(events).forEach((state, n, all) => {
          const before = all[n - 1];
          const because = events[n - 1];
          if (before && hasEnded(before)) expect(state).toEqual(before);
          if (before && before.kind !== 'running' && state.kind === 'running')
            expect(['started', 'continued', 'resumed']).toContain(because?.kind);
          if (before?.kind === 'interrupted' && state.kind !== 'interrupted')
            expect(['resumed', 'cancelled']).toContain(because?.kind);
        });
      }),
    );
  });

  it("keeps the person's own pause, whatever else goes wrong", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 10 }), (events) => {
        const byYou: RunState = { kind: 'paused', reason: 'by-you', since: 't', until: null };
        for (const e of events.filter(({ kind }) => kind === 'paused'))
          expect(transition(byYou, e)).toBeNull();
      }),
    );
  });

  it('lets a pause that needs more from the person take the place of one that needs less', () => {
    const offline: RunState = { kind: 'paused', reason: 'offline', since: 't', until: null };
    const pause = (reason: PauseReason): RunEvent => ({ kind: 'paused', reason, at: 'u', until: null });
    expect(transition(offline, pause('sign-in-needed'))).toMatchObject({ reason: 'sign-in-needed' });
    expect(transition(offline, pause('rate-limited'))).toBeNull();
    expect(transition({ kind: 'planned' }, pause('offline'))).toBeNull();
  });
});
