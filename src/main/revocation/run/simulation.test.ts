import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cases, PROOF_MS, TIMES } from '../../hardening/scale.ts';
import { checkEnd, watch } from '../testing/run-laws.ts';
import { SimulatedRun } from '../testing/simulated-run.ts';
import type { AppLife } from '../testing/surroundings.ts';
import { worlds, type World } from '../testing/world.ts';

/** How often somebody looks at a run in a kind world, and how long it may take, ms: pauses of 400 s and a slow pace in it. */
const LOOK_MS = 30_000;
const LOOKS = 240;

/** What the person does about a run that waits for them. */
async function lookAt(run: SimulatedRun): Promise<void> {
  const state = run.now?.runner.state;
  if (state === undefined) await run.do({ app: { kind: 'resume' } });
  else if (state.kind !== 'paused') return;
  else if (state.reason === 'sign-in-needed') await run.do({ app: { kind: 'sign-in' } });
  else if (['by-you', 'nothing-allowed', 'ip-not-allowed'].includes(state.reason))
    await run.do({ app: { kind: 'continue' } });
}

async function live(world: World): Promise<void> {
  let last: AppLife | null = null;
  const watching = watch(() => run);
  const run: SimulatedRun = new SimulatedRun(world, {
    ...watching,
    onGone: (was, left, how) => {
      last = run.over && how === 'quit' ? was : null;
      watching.onGone(was, left, how);
    },
  });
  await run.resume();
  for (const { afterMs, deed } of world.deeds) {
    if (run.over) break;
    await run.pass(afterMs);
    await run.do(deed);
  }
  run.beKind();
  for (let n = 0; n < LOOKS && !run.over; n += 1) {
    await lookAt(run);
    await run.pass(LOOK_MS);
  }
  expect(run.over, `a kind world, and the run is ${JSON.stringify(run.now?.runner.state)}`).toBe(true);
  await checkEnd(run, world, last);
}

it(
  'comes to its end in any world once that is kind again, and what it says is what the world did',
  () => fc.assert(fc.asyncProperty(worlds, live), { numRuns: cases(2_000, 80) * TIMES }),
  PROOF_MS,
);
