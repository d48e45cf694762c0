import type { LeftOutLine, ListColumn, ListPreview } from '../../../shared/list.ts';
import { counted, formatNumber } from './format.ts';

/** Why a list has no column that identifies the users yet. */
export function columnQuestion({ tie, columns }: ListPreview): string {
  if (tie.length > 0) {
    const names = tie.map((index) => `“${columns[index]?.name ?? ''}”`);
    return `Which column names the users? ${names.join(' and ')} could both be it`;
  }
  if (columns.some(({ ids, emails }) => ids + emails > 0))
    return 'Only columns of other people or things hold ids or addresses';
  return columns.length > 1
    ? 'No column holds user ids or email addresses'
    : 'No line holds a user id or an email address';
}

/** What to do about a list without such a column. */
export const columnAdvice = ({ columns }: ListPreview): string =>
  columns.length > 1
    ? 'Choose the column that identifies the users, or remove this list.'
    : 'Remove this list. To find people by their names, type them into the field above.';

/** Ids and addresses in words, e.g. "412 email addresses, 3 user ids". */
function named({ ids, emails }: { readonly ids: number; readonly emails: number }): string {
  const parts = [
    emails > 0 && counted(emails, 'email address', 'email addresses'),
    ids > 0 && counted(ids, 'id'),
  ];
  return parts.filter((part) => part !== false).join(', ');
}

/** What a column holds, e.g. "412 email addresses of 400 different users, 3 other values, 2 empty". */
export function columnHolds(column: ListColumn): string {
  const { ids, emails, different, unreadable, empty } = column;
  if (ids + emails === 0) return 'Neither ids nor addresses';
  const parts = [
    named(column) + (different < ids + emails ? ` of ${counted(different, 'different user')}` : ''),
    unreadable > 0 && counted(unreadable, 'other value'),
    empty > 0 && `${formatNumber(empty)} empty`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}

/** What looks like a user and is not used, by place, e.g. "Manager Email: 12 email addresses". */
export function unusedUsers(
  { columns, leftOutUsers }: ListPreview,
  column: number | null,
): readonly string[] {
  const others = columns
    .filter(({ index, ids, emails }) => index !== column && ids + emails > 0)
    .map((chosen) => `${chosen.name}: ${named(chosen)}`);
  const aside = named(leftOutUsers);
  return aside === '' ? others : [...others, `In lines that name no user: ${aside}`];
}

const LEFT_OUT: Readonly<Record<LeftOutLine['kind'], string>> = {
  heading: 'Heading',
  preamble: 'Above the list',
  rule: 'Only lines drawn',
  'mail-heading': 'Head of a mail',
};

/** A line that became no row, e.g. "Line 3, heading: Name · Email". */
export const leftOutText = ({ line, kind, text }: LeftOutLine, sheet: boolean): string =>
  `${sheet ? 'Row' : 'Line'} ${formatNumber(line)}, ${LEFT_OUT[kind].toLowerCase()}: ${text}`;

/** What a workbook hides of the sheet that was read; null when that is nothing. */
export function hiddenText({ sheets, sheet }: ListPreview): string | null {
  const chosen = sheet === null ? undefined : sheets[sheet];
  if (!chosen) return null;
  const parts = [
    chosen.hidden && 'The sheet itself is hidden',
    chosen.hiddenRows > 0 && `${counted(chosen.hiddenRows, 'row')} hidden`,
    chosen.hiddenColumns > 0 && `${counted(chosen.hiddenColumns, 'column')} hidden`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : `${parts.join(', ')} in the workbook: read like the others.`;
}
