import { measureStart } from './start.ts';
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

/** @returns whether the window is as quick as promised. */
export async function ui(json: boolean): Promise<boolean> {
  const start = await measureStart();
  const few = await measureTable(1_021);
  const many = await measureTable(102_100);
  if (json) console.log(JSON.stringify({ ui: { start, tables: [few, many] } }, null, 2));
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
  }
  return true;
}
