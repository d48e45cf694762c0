import { pacing } from './pacing/pacing.ts';

/** Each measures one thing and says whether it is as good as promised. */
const BENCHES: Readonly<Record<string, (json: boolean) => Promise<boolean>>> = { pacing };

const [name = '', ...flags] = process.argv.slice(2);
const bench = BENCHES[name];
const unknown = flags.filter((flag) => flag !== '--json');
if (!bench || unknown.length > 0) {
  console.error(`Usage: npm run --silent bench -- ${Object.keys(BENCHES).join('|')} [--json]`);
  process.exit(2);
}
if (!(await bench(flags.includes('--json')))) {
  console.error(`${name}: not as good as promised (docs/performance.md)`);
  process.exitCode = 1;
}
