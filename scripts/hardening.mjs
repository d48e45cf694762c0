// @ts-check
// `npm run test:hardening`: the proofs of docs/reliability.md in bulk, seeded and bounded; `npm test` has their short form.
import { runHere } from './here.mjs';

/** For the proofs in one process, and for the running app, ms: 20 minutes together. */
const LIMITS_MS = { proofs: 540_000, app: 660_000 };

/** Runs of the app that is troubled and killed. */
const APP_RUNS = process.argv.includes('--without-app') ? 0 : 40;

/**
 * @param {string} name
 * @param {readonly string[]} command
 * @param {number} timeout ms
 * @param {Record<string, string>} env
 */
function run(name, command, timeout, env = {}) {
  const began = performance.now();
  const status = runHere(command, { timeout, env });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  return status === 0;
}

const PROOFS = ['src/main/hardening', 'src/main/revocation/run/simulation.test.ts'];
const vitest = ['npx', 'vitest', 'run', ...PROOFS];
const proved = run('Proofs in bulk', vitest, LIMITS_MS.proofs, { TOKENDESK_HARDENING: 'whole' });
const chaos = ['npm', 'run', '--silent', 'test:chaos', '--', '--runs', String(APP_RUNS)];
const survived = APP_RUNS === 0 || run(`${APP_RUNS} runs of the app`, chaos, LIMITS_MS.app);
process.exitCode = proved && survived ? 0 : 1;
