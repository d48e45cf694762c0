import { chaosRun } from './chaos/chaos.ts';
import { keepOutChaos } from './chaos/keep-out.ts';
import { createRandom } from './chaos/random.ts';
import { expect, test } from './support/app.ts';

// `npm run test:chaos` sets these; without, a short and always equal version.
const SEED = Number(process.env.TOKENDESK_CHAOS_SEED ?? 7);
const RUNS = Number(process.env.TOKENDESK_CHAOS_RUNS ?? 2);
/** For each so many runs one keeping-out. */
const RUNS_A_KEEP_OUT = 8;

const SHORT = process.env.TOKENDESK_CHAOS_RUNS === undefined;

/** Longest that main may be busy at a time, ms. In the short version a limit for what never ends: the machine may be busy. */
const LONGEST_MOMENT_MS = SHORT ? 10_000 : 500;

// About 40 calls a second: a run lasts long enough to be troubled and killed in the middle.
test.use({ simulatorOptions: { limit: 2_400, usernames: 'own' } });
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

for (let run = 0; run < RUNS / RUNS_A_KEEP_OUT; run += 1) {
  test(`chaos, seed ${SEED}, keeping out ${run + 1}: troubled, killed and resumed, its journal and the server agree`, async ({
    launch,
    simulator,
    profile,
  }) => {
    const random = createRandom(SEED * 1_000 + 500 + run);
    const told = await keepOutChaos({ launch, simulator, profile, random, thorough: !SHORT });
    test.info().annotations.push({ type: 'chaos of keeping out', description: JSON.stringify(told) });
    expect(told.longestMomentMs, 'the longest moment of main, ms').toBeLessThan(LONGEST_MOMENT_MS);
  });
}
