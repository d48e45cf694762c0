import fc from 'fast-check';

/**
 * Property tests draw from a fixed seed, so that nothing fails by chance; `npm run test:explore` passes others.
 * https://fast-check.dev/docs/configuration/global-settings/
 */
fc.configureGlobal({ seed: Number(process.env.TOKENDESK_TEST_SEED ?? 1) });
