// `npm run check:house`: the size of what ships. Fails for a circle of imports; everything else is told,
// with the reason where a comment `Long: …` above a function, or at the top of a file, gives one.
import { join } from 'node:path';
import { longFunctions, reasonIn } from './house/functions.ts';
import { importCircles, sourceFiles } from './house/imports.ts';

/** Wanted (CONTRIBUTING.md): lines of a file, lines of a function. */
const MOST_FILE_LINES = 250;
const MOST_FUNCTION_LINES = 80;

const files = sourceFiles(join(import.meta.dirname, '..'));
const sizes = files
  .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1, text }))
  .sort((a, b) => b.lines - a.lines);
const total = sizes.reduce((sum, { lines }) => sum + lines, 0);
const large = sizes
  .filter(({ lines }) => lines > MOST_FILE_LINES)
  .map(({ text, ...file }) => ({ ...file, reason: reasonIn(text.slice(0, text.indexOf('\n\n'))) }));
const long = longFunctions(files, MOST_FUNCTION_LINES);
const circles = importCircles(files);
const rootLines = sizes.find(({ path }) => path === 'src/main/index.ts')?.lines ?? 0;

const without = (found: readonly { readonly reason: string | null }[]): number =>
  found.filter(({ reason }) => reason === null).length;

console.log('| what ships, `src` without tests | now | wanted |\n| --- | ---: | ---: |');
for (const [what, now, wanted] of [
  ['files', files.length, ''],
  ['lines', total, ''],
  ['lines of the median file', sizes[Math.floor(sizes.length / 2)]?.lines ?? 0, 70],
  ['lines of the largest file', sizes[0]?.lines ?? 0, MOST_FILE_LINES],
  [`files over ${MOST_FILE_LINES} lines, without a reason`, without(large), 0],
  ['… with a reason beside it', large.length - without(large), ''],
  [`functions over ${MOST_FUNCTION_LINES} lines, without a reason`, without(long), 0],
  ['… with a reason beside it', long.length - without(long), ''],
  ['lines of the start (src/main/index.ts)', rootLines, 60],
  ['circles of imports', circles.length, 0],
] as const)
  console.log(`| ${what} | ${now} | ${wanted} |`);

const why = (reason: string | null): string => (reason === null ? '' : `, because: ${reason}`);
for (const { path, lines, reason } of large) console.log(`${path}: ${lines} lines${why(reason)}`);
for (const { path, line, name, lines, reason } of long)
  console.log(`${path}:${line}: ${name}, ${lines} lines${why(reason)}`);
for (const circle of circles) console.error(`A circle of imports: ${circle.join(', ')}`);
process.exitCode = circles.length === 0 ? 0 : 1;
