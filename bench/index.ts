import { calls } from './calls/calls.ts';
import { large } from './large/large.ts';
import { memory } from './memory/memory.ts';
import { pacing } from './pacing/pacing.ts';
import { ui } from './ui/ui.ts';
import { isInDesktop, runInDesktop } from './window/desktop.ts';

type Bench = (json: boolean) => Promise<boolean>;

/** Each measures one thing and says whether it is as good as promised. */
const BENCHES: Readonly<Record<string, { readonly run: Bench; readonly window: boolean }>> = {
  pacing: { run: pacing, window: false },
  calls: { run: calls, window: false },
  large: { run: large, window: true },
  ui: { run: ui, window: true },
  memory: { run: memory, window: true },
};

const [name = '', ...flags] = process.argv.slice(2);
const bench = BENCHES[name];
const unknown = flags.filter((flag) => flag !== '--json');
if (!bench || unknown.length > 0) {
  console.error(`Usage: npm run --silent bench -- ${Object.keys(BENCHES).join('|')} [--json]`);
  process.exit(2);
}
if (bench.window && !isInDesktop()) process.exit(runInDesktop());
if (!(await bench.run(flags.includes('--json')))) {
  console.error(`${name}: not as good as promised (docs/performance.md)`);
  process.exitCode = 1;
}
