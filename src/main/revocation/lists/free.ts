import type { LeftOutLine } from '../../../shared/list.ts';
import { failure } from '../../failure.ts';
import { isRule } from './aligned.ts';
import { cleanValue, plainValue } from './clean.ts';
import { hasUser, itemsOf, joinWrapped, separatorOf, type Entry } from './entries.ts';
import { isHeadingLine, speaksOfOthers } from './headings.ts';
import { COMMENT, isClosing, isGreeting, isSentence, isTotal, mailHeadings } from './prose.ts';
import { linesLeftOut } from './sections.ts';
import { isWholeIdentifier, scan } from './scan.ts';
import { keptCell, MAX_LIST_ROWS, tooManyRows, type Line, type ListRow, type ListTable } from './table.ts';

/** `"Doe, John" <j.doe@example.org>`: the comma in the name parts nobody. */
const QUOTED_NAME = /"[^"\n@]{0,200}"\s{0,10}(?=<[^<>\s]{1,320}@)/g;
/** Bullets, numbers, check boxes and the marks of quoted mail before an entry. */
const BULLET = /^(?:(?:[-*+•‣◦▪●·–—>]|\(?\d{1,6}[.):]|\[[ xX✓]?\])\s*)+(?=\S)/;
/** A fence of code, or tags and nothing between them. */
const MARK = /^(?:`{3,}\w{0,20}|(?:<[/?!]?[\w:.-]{1,60}(?: [^<>@]{0,300})?>\s*)+)$/;
const MAX_LINE = 1_000_000;
/** `Approved by: Jane Roe <jane@example.org>`: a label before the whole line; none with another label, or "for", in it. */
const OF_OTHERS = /^([\p{L}][\p{L} ]{1,39})[:：](?!.*(?:[:：] | for | für | pour | para | voor ))/iu;
/** Lines after a mail's end that are its signature. */
const SIGNATURE = 12;

/**
 * Reads lines that have no columns: an entry a line, or several side by side, in whatever a person writes around them.
 * @throws AppFailure `file-too-large`.
 */
export function readFree(all: readonly Line[]): ListTable {
  const lines = joinWrapped(all);
  const leftOut: LeftOutLine[] = [];
  const headings = mailHeadings(lines);
  const entries = lines.map(({ number, text }): Entry => {
    const clean = cleanValue(text.includes('"') && text.includes('<') ? text.replace(QUOTED_NAME, '') : text);
    const { mentions } = scan(plainValue(clean));
    if (clean.length > MAX_LINE && mentions.length === 0) throw tooLong(number);
    return {
      number,
      text: clean,
      users: headings.has(number) ? 0 : mentions.filter(({ meant }) => meant).length,
    };
  });
  const first = entries.findIndex(({ users }) => users > 0);
  const title = entries.findLastIndex(({ text }, n) => n < first && isHeadingLine(text));
  const separator = separatorOf(entries);
  const without = linesLeftOut(entries);
  const rows: ListRow[] = [];
  let signedAt: number | null = null;
  entries.forEach(({ number, text, users }, n) => {
    const leave = (kind: LeftOutLine['kind']): void => {
      leftOut.push({ line: number, kind, text });
    };
    if (text === '') return;
    if (isSignatureMark(lines, n) && first >= 0 && n > first) signedAt = n;
    if (!/[\p{L}\p{N}@]/u.test(text) || isRule(text) || (MARK.test(text) && !hasUser(text))) {
      leave('rule');
      return;
    }
    if (headings.has(number) && first >= 0) {
      signedAt = null;
      leave('mail-heading');
      return;
    }
    if (isHeadingLine(text) && (first < 0 ? n === 0 && entries.length > 1 : n < first)) {
      leave('heading');
      return;
    }
    if (n < title) {
      leave('preamble');
      return;
    }
    if (n < first && text.endsWith(':') && !hasUser(text)) {
      leave('preamble');
      return;
    }
    const entry = text.replace(BULLET, '');
    if (first >= 0 && n > first && users === 0 && isClosing(entry)) signedAt = n;
    const signed: boolean = signedAt !== null && n - signedAt < SIGNATURE;
    if (
      signed ||
      without.has(number) ||
      COMMENT.test(text) ||
      speaksOfOthers(OF_OTHERS.exec(entry)?.[1] ?? '') ||
      (users === 0 && !hasUser(entry) && (isTotal(entry) || isGreeting(entry) || isSentence(entry)))
    ) {
      rows.push({ line: number, cells: [keptCell(text)], nobody: true });
      return;
    }
    const items =
      users > 0
        ? itemsOf(entry, separator, users)
        : separator === null || isSentence(entry)
          ? [entry]
          : itemsOf(entry, separator, 0);
    for (const item of items.length > 0 ? items : [entry])
      rows.push({ line: number, cells: [keptCell(item)] });
    if (rows.length > MAX_LIST_ROWS) throw tooManyRows();
  });
  const many = rows.length > new Set(rows.map(({ line }) => line)).size;
  const heading = leftOut.find(({ kind }) => kind === 'heading');
  return {
    format: many ? 'side-by-side' : 'lines',
    delimiter: many && separator !== null ? separator : null,
    heading: heading ? [heading.text] : null,
    rows,
    leftOut,
  };
}

/** Two dashes before a signature (RFC 3676, 4.3), and no list: none of the lines below is a user alone. */
const isSignatureMark = (lines: readonly Line[], n: number): boolean =>
  /^-- ?$/.test(lines[n]?.text ?? '') &&
  !lines.slice(n + 1, n + 1 + SIGNATURE).some(({ text }) => isWholeIdentifier(text));

const tooLong = (line: number): Error =>
  failure('file-unreadable', `Line ${line} has more than a million characters and names no user.`);
