import type { LeftOutLine } from '../../../shared/list.ts';
import { isRule } from './aligned.ts';
import { isHeadingLine } from './headings.ts';
import { cleanValue, plainValue, scan } from './identify.ts';
import { failure } from '../../failure.ts';
import { keptCell, MAX_LIST_ROWS, tooManyRows, type Line, type ListRow, type ListTable } from './table.ts';

type Separator = ',' | ';' | '\t' | '|';
const SEPARATORS: readonly Separator[] = [';', ',', '\t', '|'];

/** `"Doe, John" <j.doe@example.org>`: the comma in the name parts nobody. */
const QUOTED_NAME = /"[^"\n]{0,200}"\s{0,10}(?=<[^<>\s]{1,320}@)/g;
/** Bullets, numbers, check boxes and the marks of quoted mail before an entry. */
const BULLET = /^(?:(?:[-*+•‣◦▪●·–—>]|\(?\d{1,6}[.):]|\[[ xX✓]?\])\s*)+(?=\S)/;
/** A line that its writer took out. */
const COMMENT = /^(?:#(?!\d)|\/\/|;;|rem\s)/i;
/** "and" in the languages that people join two names with; between two entries, one of which is a user. */
const AND = / (?:and|or|und|oder|et|ou|y|o|e|en|og|och|ja|i|oraz|ve|и|та|&|\+) /giu;
const TOTAL =
  /^(?:(?:grand |sub)?totals?|sum|summe|gesamt\p{L}*|insgesamt|anzahl|count|somme|suma|totale|totaal|итого|合計|总计|합계)\b[\s:=#-]*(?:\d[\d.,']*(?: \p{L}+)?)?[.)]?$|^\(?\d[\d.,']* (?:rows?|records?|users?|results?|items?|entries|zeilen?|benutzer|lignes?)(?: \p{L}+){0,2}\)?[.:]?$/iu;
const CLOSING =
  /^(?:thanks|thank you|many thanks|regards|(?:best|kind|warm) regards|best|cheers|sincerely|mit freundlichen|viele grüße|beste grüße|freundliche grüße|danke|gruß|cordialement|bien à vous|merci|saludos|gracias|cordiali saluti|grazie|obrigad[oa]|met vriendelijke|groet|--\s*$)/i;
const MAIL_HEADING =
  /^(?:from|sent|to|cc|bcc|subject|date|reply-to|von|gesendet|an|betreff|datum|de|à|envoyé|objet|para|asunto|enviado el|da|inviato|oggetto|a|aan|verzonden|onderwerp)\s*:/i;

/** Whether a line tells of the list instead of naming somebody: `Total: 12`, `(12 rows affected)`. */
export const isTotal = (text: string): boolean => TOTAL.test(text);

const MAX_LINE = 1_000_000;

interface Entry {
  readonly number: number;
  readonly text: string;
  readonly users: number;
}

/** Lines that belong to the heads of mails: three or more in a row. */
function mailHeadings(lines: readonly Line[]): ReadonlySet<number> {
  const found = new Set<number>();
  let run: number[] = [];
  for (const { number, text } of [...lines, { number: Infinity, text: '' }]) {
    if (MAIL_HEADING.test(text.replace(/^[>\s]+/, ''))) run.push(number);
    else {
      if (run.length >= 3) for (const one of run) found.add(one);
      run = [];
    }
  }
  return found;
}

/** The separator under which most entries of lines with several users name one; null when no line has several. */
function separatorOf(entries: readonly Entry[]): Separator | null {
  let best: Separator | null = null;
  let most = 0;
  for (const separator of SEPARATORS) {
    let named = 0;
    for (const { text, users } of entries) {
      if (users < 2 || !text.includes(separator)) continue;
      const items = text.split(separator);
      const withUser = items.filter((item) => scan(plainValue(item)).mentions.length > 0).length;
      if (withUser >= 2) named += withUser;
    }
    if (named > most) [best, most] = [separator, named];
  }
  return best;
}

const isSurname = (item: string): boolean => /^[\p{L}'’.-]+(?: [\p{L}'’.-]+)?$/u.test(item);
/** `Ada <ada@x.org>`: one given name, so that what stands before the comma is its surname. */
const isGiven = (item: string): boolean => /^[\p{L}'’.-]+(?: \p{L}\.?)? ?[<(]/u.test(item);

/** The entries of a line. @param separator null where a line is one entry. */
function itemsOf(text: string, separator: Separator | null, users: number): readonly string[] {
  const parts =
    separator === null
      ? [text]
      : text
          .split(separator)
          .map(cleanValue)
          .filter((part) => /[\p{L}\p{N}@]/u.test(part));
  const whole = parts.flatMap((part, n) => {
    const next = parts[n + 1];
    const surname = separator === ',' && next !== undefined && isSurname(part) && isGiven(next);
    return surname ? [] : [part];
  });
  return users < 2 ? whole : whole.flatMap(splitAnd);
}

/** Parts at "and" where a user stands on one side of it. */
function splitAnd(item: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of item.matchAll(AND)) {
    const before = item.slice(from, match.index);
    const after = item.slice(match.index + match[0].length);
    const last = before.slice(before.lastIndexOf(' ') + 1);
    const ends = /[@>)\]"'-]|[0-9a-f]{12}/i.test(last) && hasUser(before);
    const begins = hasUser(after.split(/\s/, 1)[0] ?? '');
    if (!ends && !begins) continue;
    parts.push(before);
    from = match.index + match[0].length;
  }
  return [...parts, item.slice(from)].filter((part) => part.trim() !== '');
}

const hasUser = (text: string): boolean => {
  const { mentions, broken } = scan(plainValue(text));
  return mentions.length + broken.length > 0;
};

/** A sentence, or a greeting: nobody can have meant a user by it. */
const isSentence = (text: string): boolean =>
  (/[.:!?,]$/.test(text) && /\s/.test(text)) || text.split(' ').length > 6;

/**
 * Reads lines that have no columns: an entry a line, or several side by side, in whatever a person writes around them.
 * @throws AppFailure `file-too-large`.
 */
export function readFree(lines: readonly Line[]): ListTable {
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
  const rows: ListRow[] = [];
  let closed = false;
  entries.forEach(({ number, text, users }, n) => {
    const leave = (kind: LeftOutLine['kind']): void => {
      leftOut.push({ line: number, kind, text: text.slice(0, 500) });
    };
    if (text === '') return;
    if (!/[\p{L}\p{N}@]/u.test(text) || isRule(text) || /^```/.test(text)) {
      leave('rule');
      return;
    }
    if (headings.has(number) && first >= 0) {
      leave('mail-heading');
      return;
    }
    if (n < first && isHeadingLine(text)) {
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
    closed ||= first >= 0 && n > first && CLOSING.test(text) && users === 0;
    const entry = text.replace(BULLET, '');
    if (
      closed ||
      COMMENT.test(text) ||
      (users === 0 && (isTotal(entry) || (isSentence(entry) && !hasUser(entry))))
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
      rows.push({ line: number, cells: [pieceOf(item)] });
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

/** What is kept of an entry: all of it, or of a long one the part around the users in it. */
function pieceOf(item: string): string {
  if (item.length <= 1_000) return item;
  const { mentions } = scan(plainValue(item));
  return mentions.length === 0
    ? keptCell(item)
    : mentions.map(({ input, meant, kind }) => (meant ? input : kind)).join(' ; ');
}

const tooLong = (line: number): Error =>
  failure('file-unreadable', `Line ${line} has more than a million characters and names no user.`);
