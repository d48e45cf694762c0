// `npm run check:house`: the size of what ships. Fails for a circle of imports; everything else is told.
import { join } from 'node:path';
import { longFunctions } from './house/functions.ts';
import { importCircles, sourceFiles } from './house/imports.ts';

/** Wanted (CONTRIBUTING.md): lines of a file, lines of a function. */
const MOST_FILE_LINES = 250;
const MOST_FUNCTION_LINES = 80;
/** Longest lists that are printed. */
const SHOWN = 10;

const files = sourceFiles(join(import.meta.dirname, '..'));
const sizes = files
  .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  .sort((a, b) => b.lines - a.lines);
const total = sizes.reduce((sum, { lines }) => sum + lines, 0);
const large = sizes.filter(({ lines }) => lines > MOST_FILE_LINES);
const long = longFunctions(files, MOST_FUNCTION_LINES);
const circles = importCircles(files);
const rootLines = sizes.find(({ path }) => path === 'src/main/index.ts')?.lines ?? 0;

console.log('| what ships, `src` without tests | now | wanted |\n| --- | ---: | ---: |');
for (const [what, now, wanted] of [
  ['files', files.length, ''],
  ['lines', total, ''],
  ['lines of the median file', sizes[Math.floor(sizes.length / 2)]?.lines ?? 0, 70],
  ['lines of the largest file', sizes[0]?.lines ?? 0, MOST_FILE_LINES],
  [`files over ${MOST_FILE_LINES} lines`, large.length, 0],
  [`functions over ${MOST_FUNCTION_LINES} lines`, long.length, 0],
  ['lines of the start (src/main/index.ts)', rootLines, 60],
  ['circles of imports', circles.length, 0],
] as const)
  console.log(`| ${what} | ${now} | ${wanted} |`);

for (const { path, lines } of large.slice(0, SHOWN)) console.log(`${path}: ${lines} lines`);
for (const { path, line, name, lines } of long.slice(0, SHOWN))
  console.log(`${path}:${line}: ${name}, ${lines} lines`);
for (const circle of circles) console.error(`A circle of imports: ${circle.join(', ')}`);
process.exitCode = circles.length === 0 ? 0 : 1;
