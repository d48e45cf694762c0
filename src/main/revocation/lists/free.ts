import type { LeftOutLine } from '../../../shared/list.ts';
import { failure } from '../../failure.ts';
import { isRule } from './aligned.ts';
import { cleanValue, plainValue } from './clean.ts';
import { BULLET, hasUser, itemsOf, joinWrapped, QUOTED_NAME, separatorOf, type Entry } from './entries.ts';
import { isHeadingLine } from './headings.ts';
import { isOfOthers } from './labels.ts';
import { COMMENT, isClosing, isGreeting, isSentence, isTotal, mailHeadings, SUBJECT } from './prose.ts';
import { linesLeftOut } from './sections.ts';
import { scan } from './scan.ts';
import { isSignatureMark, SIGNATURE, unannouncedSignature } from './signature.ts';
import { keptCell, MAX_LIST_ROWS, tooManyRows, type Line, type ListRow, type ListTable } from './table.ts';

/** A fence of code, or tags and nothing between them. */
const MARK = /^(?:`{3,}\w{0,20}|(?:<[/?!]?[\w:.-]{1,60}(?: [^<>@]{0,300})?>\s*)+)$/;
const MAX_LINE = 1_000_000;

/**
 * Reads lines that have no columns: an entry a line, or several side by side, in whatever a person writes around them.
 * @throws AppFailure `file-too-large`.
 */
export function readFree(all: readonly Line[]): ListTable {
  const lines = joinWrapped(all);
  const leftOut: LeftOutLine[] = [];
  const { entries, headings } = entriesOf(lines);
  const first = entries.findIndex(({ users }) => users > 0);
  const title = entries.findLastIndex(({ text }, n) => n < first && isHeadingLine(text));
  const separator = separatorOf(entries);
  // A comma behind each of them is no end of a sentence.
  const areJoined = entries.some(({ text, users }) => users > 0 && text.endsWith(','));
  const without = linesLeftOut(entries);
  const signature = unannouncedSignature(entries);
  const rows: ListRow[] = [];
  let signedAt: number | null = null;
  entries.forEach(({ number, text, users, others }, n) => {
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
    const signed: boolean = n >= signature || (signedAt !== null && n - signedAt < SIGNATURE);
    if (
      signed ||
      without.has(number) ||
      COMMENT.test(text) ||
      isOfOthers(entry) ||
      (users === 0 &&
        !hasUser(entry) &&
        (isTotal(entry) || isGreeting(entry) || isSentence(areJoined ? entry.replace(/,$/, '') : entry)))
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
      rows.push({
        line: number,
        cells: [keptCell(item)],
        ...(others.size > 0 && namesOnly(item, others) && { nobody: true as const }),
      });
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

/** What each line says, and the numbers of those that are headings of mails; a subject that names a user is none. */
function entriesOf(lines: readonly Line[]): { readonly entries: Entry[]; readonly headings: Set<number> } {
  const headings = new Set(mailHeadings(lines));
  const entries = lines.map(({ number, text }): Entry => {
    const clean = cleanValue(text.includes('<') ? text.replace(QUOTED_NAME, '') : text);
    const { mentions } = scan(plainValue(clean));
    if (clean.length > MAX_LINE && mentions.length === 0) throw tooLong(number);
    if (headings.has(number) && SUBJECT.test(clean) && mentions.some(({ meant }) => meant))
      headings.delete(number);
    const isHead = headings.has(number);
    return {
      number,
      text: clean,
      users: isHead ? 0 : mentions.filter(({ meant }) => meant).length,
      others: new Set(isHead ? [] : mentions.filter(({ meant }) => !meant).map(({ key }) => key)),
    };
  });
  return { entries, headings };
}

/** Whether all whom an entry names are others in the whole line: `approved by a@x.org and b@x.org`. */
function namesOnly(item: string, others: ReadonlySet<string>): boolean {
  const { mentions } = scan(plainValue(item));
  return mentions.length > 0 && mentions.every(({ key }) => others.has(key));
}

const tooLong = (line: number): Error =>
  failure('file-unreadable', `Line ${line} has more than a million characters and names no user.`);
