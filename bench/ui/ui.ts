import { tellPromises, type Promised } from '../promises.ts';
import type { Bench } from '../report.ts';
import { measureBundle, type BundleResult } from './bundle.ts';
import { measureStart, type StartResult } from './start.ts';
import { measureStoredReport, type StoredReportResult } from './stored-report.ts';
import { measureTable, type TableResult } from './table.ts';

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const mb = (value: number): string => `${(value / 1e6).toFixed(1)} MB`;

const LINES: readonly (readonly [Exclude<keyof TableResult, 'rows'>, string, (value: number) => string])[] = [
  ['firstRows', 'First rows on the screen', ms],
  ['load', 'All rows in the table', ms],
  ['firstFilter', 'First filter, at once', ms],
  ['firstSort', 'First sort by a column', ms],
  ['sortAgain', 'Sorted the other way', ms],
  ['sortAddress', 'First sort by a column of different texts', ms],
  ['filterKey', 'A key typed into the filter, slowest of 5', ms],
  ['selectAll', 'Everything selected', ms],
  ['scrollFrame', 'Frame while scrolling, p95', ms],
  ['jumpFrame', 'Frame while the bar is thrown about, p95', ms],
  ['memory', 'Memory of the rows in the window', mb],
];

/** Sorting, filtering and selecting feel immediate up to this (Nielsen's limit), ms. */
const IMMEDIATE_MS = 100;

/** A long table may not scroll worse than a short one, but for chance. */
const MOST_SCROLL_RATIO = 1.5;

/** Of the start, against a window with nothing in it. */
const MOST_START_RATIO = 1.15;

/** Until the first rows of however many are on the screen, ms. */
const FIRST_ROWS_MS = 200;

/** More than a short table takes, bytes. */
const MOST_MEMORY = 15_000_000;

/** Scripts before the first paint, compressed, bytes. */
const MOST_SCRIPTS = 120_000;

const kb = (value: number): string => `${(value / 1e3).toFixed(1)} KB`;

const promisesOf = (
  bundle: BundleResult,
  start: StartResult,
  few: TableResult,
  many: TableResult,
  stored: StoredReportResult,
): readonly Promised[] => {
  const slowest = Math.max(
    ...[many.firstFilter, many.firstSort, many.sortAgain, many.sortAddress, many.filterKey, many.selectAll],
  );
  const rowsMemory = many.memory - few.memory;
  const scroll = many.scrollFrame / few.scrollFrame;
  const startRatio = start.app / start.blank;
  return [
    {
      promise: `At most ${kb(MOST_SCRIPTS)} of scripts before the first paint, compressed`,
      measured: `${kb(bundle.scripts)} (and ${kb(bundle.styles)} of styles) in ${bundle.files} files`,
      kept: bundle.scripts <= MOST_SCRIPTS,
    },
    {
      promise: `First rows within ${FIRST_ROWS_MS} ms`,
      measured: ms(many.firstRows),
      kept: many.firstRows <= FIRST_ROWS_MS,
    },
    {
      promise: `First rows of a stored report within ${FIRST_ROWS_MS} ms of the click`,
      measured: `${ms(stored.firstRows)} of ${stored.rows}`,
      kept: stored.firstRows <= FIRST_ROWS_MS,
    },
    {
      promise: `Less than ${mb(MOST_MEMORY)} of the window for ${many.rows} rows`,
      measured: `${mb(rowsMemory)} more than for ${few.rows}`,
      kept: rowsMemory < MOST_MEMORY,
    },
    {
      promise: `Sorted, filtered and selected within ${IMMEDIATE_MS} ms`,
      measured: `slowest ${ms(slowest)}`,
      kept: slowest <= IMMEDIATE_MS,
    },
    {
      promise: `Scrolls as a short table does, up to ${MOST_SCROLL_RATIO} times its frames`,
      measured: `${scroll.toFixed(2)} times`,
      kept: scroll <= MOST_SCROLL_RATIO,
    },
    {
      promise: `Starts within ${MOST_START_RATIO} times of a blank window`,
      measured: `${startRatio.toFixed(2)} times`,
      kept: startRatio <= MOST_START_RATIO,
    },
  ];
};

/** The start beside a blank window; a table and a stored report of 100,000 rows beside those of 1,000. */
export const ui: Bench = async (say, { undisturbed }) => {
  const bundle = await measureBundle();
  const start = await undisturbed('Start', measureStart);
  const few = await undisturbed('Short table', () => measureTable(1_021));
  const many = await undisturbed('Long table', () => measureTable(102_100));
  const fewStored = await undisturbed('Short report', () => measureStoredReport(1_000));
  const stored = await undisturbed('Long report', () => measureStoredReport(100_000));
  const promises = promisesOf(bundle, start, few, many, stored);
  const startRatio = start.app / start.blank;
  say('| start | median |\n| --- | ---: |');
  say(`| Tokendesk, until it can be used | ${ms(start.app)} |\n| A blank window | ${ms(start.blank)} |`);
  say(`| Ratio | ${startRatio.toFixed(2)} |\n`);
  say(`| table | ${few.rows} rows | ${many.rows} rows | ratio |\n| --- | ---: | ---: | ---: |`);
  for (const [key, name, show] of LINES)
    say(`| ${name} | ${show(few[key])} | ${show(many[key])} | ${(many[key] / few[key]).toFixed(1)} |`);
  say(`\n| stored report | ${fewStored.rows} rows | ${stored.rows} rows |\n| --- | ---: | ---: |`);
  say(`| First rows on the screen | ${ms(fewStored.firstRows)} | ${ms(stored.firstRows)} |`);
  say(`| Read, checked, and all of it in the table | ${ms(fewStored.load)} | ${ms(stored.load)} |`);
  tellPromises(promises, say);
  return {
    kept: promises.every(({ kept }) => kept),
    result: { bundle, start, tables: [few, many], stored: [fewStored, stored], promises },
    ratios: {
      'start, of a blank window': { value: startRatio, better: 'lower' },
      'scripts before the first paint, of what is promised': {
        value: bundle.scripts / MOST_SCRIPTS,
        better: 'lower',
      },
      'frames of a long table, of a short one': {
        value: many.scrollFrame / few.scrollFrame,
        better: 'lower',
      },
      'first rows of a stored report, long of short': {
        value: stored.firstRows / fewStored.firstRows,
        better: 'lower',
      },
      'memory of the rows, of what is promised': {
        value: (many.memory - few.memory) / MOST_MEMORY,
        better: 'lower',
      },
    },
  };
};
