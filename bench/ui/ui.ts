import { tellPromises, type Promised } from '../promises.ts';
import { measureStart, type StartResult } from './start.ts';
import { measureTable, type TableResult } from './table.ts';

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const mb = (value: number): string => `${(value / 1e6).toFixed(1)} MB`;

const LINES: readonly (readonly [Exclude<keyof TableResult, 'rows'>, string, (value: number) => string])[] = [
  ['load', 'All rows in the table', ms],
  ['firstFilter', 'First filter, at once', ms],
  ['firstSort', 'First sort by a column', ms],
  ['sortAgain', 'Sorted the other way', ms],
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
const MOST_START_RATIO = 2.5;

const promisesOf = (start: StartResult, few: TableResult, many: TableResult): readonly Promised[] => {
  const slowest = Math.max(many.sortAgain, many.filterKey, many.selectAll);
  const scroll = many.scrollFrame / few.scrollFrame;
  const startRatio = start.app / start.blank;
  return [
    {
      promise: `Sorted again, filtered and selected within ${IMMEDIATE_MS} ms`,
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

/** @returns whether the window is as quick as promised. */
export async function ui(json: boolean): Promise<boolean> {
  const start = await measureStart();
  const few = await measureTable(1_021);
  const many = await measureTable(102_100);
  const promises = promisesOf(start, few, many);
  if (json) console.log(JSON.stringify({ ui: { start, tables: [few, many], promises } }, null, 2));
  else {
    console.log('| start | median |\n| --- | ---: |');
    console.log(
      `| Tokendesk, until it can be used | ${ms(start.app)} |\n| A blank window | ${ms(start.blank)} |`,
    );
    console.log(`| Ratio | ${(start.app / start.blank).toFixed(2)} |\n`);
    console.log(`| table | ${few.rows} rows | ${many.rows} rows | ratio |\n| --- | ---: | ---: | ---: |`);
    for (const [key, name, show] of LINES)
      console.log(
        `| ${name} | ${show(few[key])} | ${show(many[key])} | ${(many[key] / few[key]).toFixed(1)} |`,
      );
    tellPromises(promises);
  }
  return promises.every(({ kept }) => kept);
}
