import { chaosRun } from './chaos/chaos.ts';
import { createRandom } from './chaos/random.ts';
import { expect, test } from './support/app.ts';

// `npm run test:chaos` sets these; without, a short and always equal version.
const SEED = Number(process.env.TOKENDESK_CHAOS_SEED ?? 7);
const RUNS = Number(process.env.TOKENDESK_CHAOS_RUNS ?? 2);

/** Longest that main may be busy at a time, ms. In the short version a limit for what never ends: the machine may be busy. */
const LONGEST_MOMENT_MS = process.env.TOKENDESK_CHAOS_RUNS === undefined ? 10_000 : 500;

// About 40 calls a second: a run lasts long enough to be troubled and killed in the middle.
test.use({ simulatorOptions: { limit: 2_400 } });
test.describe.configure({ timeout: 180_000 });

for (let run = 0; run < RUNS; run += 1) {
  test(`chaos, seed ${SEED}, run ${run + 1} of ${RUNS}: troubled, killed and resumed, report, journal and server agree`, async ({
    launch,
    simulator,
    profile,
  }) => {
    const told = await chaosRun({
      launch,
      simulator,
      profile,
      run,
      random: createRandom(SEED * 1_000 + run),
    });
    test.info().annotations.push({ type: 'chaos', description: JSON.stringify(told) });
    expect(told.longestMomentMs, 'the longest moment of main, ms').toBeLessThan(LONGEST_MOMENT_MS);
  });
}
