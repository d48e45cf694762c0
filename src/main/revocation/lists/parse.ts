import Papa from 'papaparse';
import type { ListPreview } from '../../../shared/plan.ts';
import { failure } from '../../failure.ts';
import { cleanValue, isIdentifier } from './identify.ts';

/** Most rows of a list. */
export const MAX_LIST_ROWS = 1_000_000;

type Delimiter = ListPreview['delimiter'];
type Row = readonly string[];

/** `null`: one value a line. It stands first, so that a plain list stays one when nothing else explains more. */
const DELIMITERS: readonly Delimiter[] = [null, ',', ';', '\t', '|'];

/** How much of the text decides about its delimiter: characters, then rows. */
const SAMPLE_CHARS = 64 * 1_024;
const SAMPLE_ROWS = 200;

/** `"Doe, John" <j.doe@example.org>`: the name would be taken for a quoted cell. */
const QUOTED_NAME = /"[^"\n]*"\s*(?=<[^<>\s]+@)/g;

const hasValue = (cell: string): boolean => cleanValue(cell) !== '';

function readRows(text: string, delimiter: Delimiter, maxRows: number): Row[] {
  if (delimiter === null) {
    const rows: Row[] = [];
    for (const match of text.matchAll(/[^\r\n]+/g)) {
      if (rows.length >= maxRows) break;
      const line = match[0].trim().replace(/^"(.*)"$/, '$1');
      if (hasValue(line)) rows.push([line]);
    }
    return rows;
  }
  const { data } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy', preview: maxRows });
  return data.filter((row) => row.some(hasValue));
}

interface Sample {
  readonly delimiter: Delimiter;
  readonly rows: readonly Row[];
  /** Cells that name a user. */
  readonly identifiers: number;
  /** Share of rows with as many cells as most rows have; 0 when that is one cell. */
  readonly regularity: number;
}

function sampleWith(text: string, delimiter: Delimiter): Sample {
  const rows = readRows(text, delimiter, SAMPLE_ROWS);
  const lengths = new Map<number, number>();
  for (const row of rows) lengths.set(row.length, (lengths.get(row.length) ?? 0) + 1);
  const [usual = 1, count = 0] = [...lengths].sort((a, b) => b[1] - a[1])[0] ?? [];
  return {
    delimiter,
    rows,
    identifiers: rows.reduce((sum, row) => sum + row.filter(isIdentifier).length, 0),
    regularity: usual > 1 ? count / rows.length : 0,
  };
}

/** The delimiter under which most cells name a user; where none does, the one that gives the most regular rows. */
function chooseSample(text: string): Sample {
  const head = text.slice(0, SAMPLE_CHARS);
  const samples = DELIMITERS.map((delimiter) => sampleWith(head, delimiter));
  return samples.reduce((best, next) => {
    if (next.identifiers !== best.identifiers) return next.identifiers > best.identifiers ? next : best;
    return best.identifiers === 0 && next.regularity > best.regularity ? next : best;
  });
}

/** Addresses pasted side by side (`a@x; b@x; c@x`): rows without columns, so that each cell is a value of its own. */
function isSpread({ delimiter, rows, identifiers, regularity }: Sample): boolean {
  if (delimiter === null || identifiers < 2) return false;
  const cells = rows.reduce((sum, row) => sum + row.filter(hasValue).length, 0);
  if (rows.length === 1) return identifiers === cells;
  return regularity < 0.8 && identifiers >= cells * 0.8;
}

export interface ParsedList {
  readonly delimiter: Delimiter;
  /** Without empty rows; every value as it stood. */
  readonly rows: readonly Row[];
}

/**
 * Reads a list: CSV with comma, semicolon, tab or pipe, quoted line breaks included; one value a line; or addresses
 * side by side, as mail programs copy them.
 * @throws AppFailure `file-too-large` beyond MAX_LIST_ROWS rows.
 */
export function parseList(text: string): ParsedList {
  const plain = text.replace(QUOTED_NAME, '');
  const sample = chooseSample(plain);
  const rows = readRows(plain, sample.delimiter, MAX_LIST_ROWS + 1);
  const spread = isSpread(sample);
  const values = spread ? rows.flatMap((row) => row.filter(hasValue).map((cell) => [cell])) : rows;
  if (values.length > MAX_LIST_ROWS)
    throw failure('file-too-large', 'The list has more than 1,000,000 rows.');
  return { delimiter: sample.delimiter, rows: values };
}
