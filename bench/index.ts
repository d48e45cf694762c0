import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calls } from './calls/calls.ts';
import { large } from './large/large.ts';
import { watchMachine } from './machine.ts';
import { memory } from './memory/memory.ts';
import { pacing } from './pacing/pacing.ts';
import type { Bench } from './report.ts';
import { regressions, withRatios, writtenInto, type StoredRatios } from './store.ts';
import { ui } from './ui/ui.ts';
import { isInDesktop, runInDesktop } from './window/desktop.ts';

/** Each measures one thing and says whether it is as good as promised. */
const BENCHES: Readonly<Record<string, { readonly run: Bench; readonly window: boolean }>> = {
  pacing: { run: pacing, window: false },
  calls: { run: calls, window: false },
  large: { run: large, window: true },
  ui: { run: ui, window: true },
  memory: { run: memory, window: true },
};
const ALL = 'all';
const FLAGS = ['--json', '--write'];

const RATIOS = join(import.meta.dirname, 'ratios.json');
const PAGE = join(import.meta.dirname, '..', 'docs', 'performance.md');

const [asked = '', ...flags] = process.argv.slice(2);
const names = asked === ALL ? Object.keys(BENCHES) : asked in BENCHES ? [asked] : [];
if (names.length === 0 || flags.some((flag) => !FLAGS.includes(flag))) {
  console.error(
    `Usage: npm run --silent bench -- ${Object.keys(BENCHES).join('|')}|${ALL} [--json] [--write]`,
  );
  process.exit(2);
}
const json = flags.includes('--json');
if (names.some((name) => BENCHES[name]?.window) && !isInDesktop()) process.exit(runInDesktop());

const results: Record<string, unknown> = {};
for (const name of names) await measure(name);
if (json) console.log(JSON.stringify(results, null, 2));

async function measure(name: string): Promise<void> {
  const bench = BENCHES[name];
  if (!bench) return;
  const said: string[] = [];
  const say = (text: string): void => {
    said.push(text);
    if (!json) console.log(text);
  };
  const machine = watchMachine((text) => console.error(text));
  const before = machine.load();
  const { kept, result, ratios } = await bench.run(say, machine);
  say(`\nThe machine: ${before} before, ${machine.load()} after. Node ${process.versions.node}.`);
  await machine.end();
  results[name] = { ...(result as object), ratios, before };

  const stored = JSON.parse(readFileSync(RATIOS, 'utf8')) as StoredRatios;
  for (const line of regressions(stored[name] ?? {}, ratios)) console.error(`${name}: REGRESSION: ${line}`);
  if (!kept) {
    console.error(`${name}: not as good as promised (docs/performance.md)`);
    process.exitCode = 1;
  }
  if (!flags.includes('--write')) return;
  writeFileSync(RATIOS, `${JSON.stringify(withRatios(stored, name, ratios), null, 2)}\n`);
  writeFileSync(PAGE, writtenInto(readFileSync(PAGE, 'utf8'), name, said.join('\n')));
  spawnSync('npx', ['oxfmt', PAGE, RATIOS], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
