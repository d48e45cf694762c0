import fc from 'fast-check';

/**
 * Property tests draw from a fixed seed, so that nothing fails by chance; `npm run test:explore` passes others.
 * https://fast-check.dev/docs/configuration/global-settings/
 */
fc.configureGlobal({
  seed: Number(process.env.TOKENDESK_TEST_SEED ?? 1),
  // As many cases as fast-check makes by itself, times what was asked for.
  numRuns: 100 * Number(process.env.TOKENDESK_TEST_RUNS ?? 1),
});

// happy-dom knows no idle moments: in a test none comes, and what waits for one when the test has ended throws nothing.
if (!('requestIdleCallback' in globalThis))
  Object.assign(globalThis, { requestIdleCallback: () => 0, cancelIdleCallback: () => undefined });
