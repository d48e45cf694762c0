import { scan } from './scan.ts';
import { plainValue } from './clean.ts';
import { parseJson } from './json-text.ts';
import type { LeftOutLine } from '../../../shared/list.ts';

/** Lines above JSON among which it begins: a prompt, the head of an answer, a sentence. */
const ABOVE = 60;

/** JSON in a text, and the lines around it. */
export interface Surrounded {
  readonly json: string;
  readonly around: readonly LeftOutLine[];
}

/** JSON below a command, the head of an answer or a sentence, where nobody is named around it; null when there is none. */
export function jsonWithin(text: string): Surrounded | null {
  const lines = text.split(/\r\n|[\n\r]/);
  const first = lines.slice(0, ABOVE).findIndex((line) => /^\s*[[{]/.test(line));
  const last = lines.findLastIndex((line) => /[\]}];?$/.test(line.trimEnd()));
  if (first < 0 || last < first || (first === 0 && last === lines.length - 1)) return null;
  const around = lines.flatMap((line, n): LeftOutLine[] =>
    (n < first || n > last) && /[\p{L}\p{N}]/u.test(line)
      ? [{ line: n + 1, kind: 'preamble', text: line.trim() }]
      : [],
  );
  if (
    around.some((line) =>
      scan(plainValue(line.text)).mentions.some(({ meant, kind }) => meant && kind === 'email'),
    )
  )
    return null;
  const json = lines.slice(first, last + 1).join('\n');
  return parseJson(json) === undefined ? null : { json, around };
}
