import { chaosRun } from './chaos/chaos.ts';
import { createRandom } from './chaos/random.ts';
import { test } from './support/app.ts';

// `npm run test:chaos` sets these; without, a short and always equal version.
const SEED = Number(process.env.TOKENDESK_CHAOS_SEED ?? 7);
const RUNS = Number(process.env.TOKENDESK_CHAOS_RUNS ?? 2);

// About 50 calls a second: a run lasts long enough to be killed in the middle.
test.use({ simulatorOptions: { limit: 3_000 } });
test.describe.configure({ timeout: 120_000 });

for (let run = 0; run < RUNS; run += 1) {
  test(`chaos, seed ${SEED}, run ${run + 1} of ${RUNS}: killed and resumed, report, journal and server agree`, async ({
    launch,
    simulator,
    profile,
  }) => {
    const random = createRandom(SEED * 1_000 + run);
    const killed = await chaosRun({ simulator, profile, random, launch: () => launch({ simulator }) });
    test.info().annotations.push({ type: 'killed', description: String(killed) });
  });
}
