import type { TableColumn } from '../../components/table/types.ts';
import { formatCountdown, formatDateTime, formatNumber } from '../../messages/format.ts';
import type { Entry } from './entries.ts';

const count = (key: string, title: string, width: number, value: (entry: Entry) => number | null) =>
  ({
    key,
    title,
    width,
    value,
    text: (entry) => {
      const number = value(entry);
      return number === null ? '' : formatNumber(number);
    },
    align: 'end',
    searched: false,
  }) satisfies TableColumn<Entry>;

/** Those shown from the start fit a window of 1280 pixels; the page of each has them all. */
export const RUN_COLUMNS: readonly TableColumn<Entry>[] = [
  {
    key: 'started',
    title: 'Started',
    width: 168,
    value: ({ at }) => at,
    text: ({ at }) => formatDateTime(at),
  },
  {
    key: 'reason',
    title: 'Reason, ticket',
    width: 208,
    value: ({ badge, title }) => (badge === '' ? title : `${badge}: ${title}`),
  },
  { key: 'state', title: 'State', width: 132, value: ({ state }) => state },
  count('users', 'Users', 80, ({ users }) => users),
  count('revoked', 'Revoked', 96, ({ revoked }) => revoked),
  count('failed', 'Failed', 84, ({ failed }) => failed),
  { key: 'organization', title: 'Organization', width: 144, value: ({ organization }) => organization },
  {
    key: 'duration',
    title: 'Duration',
    width: 96,
    value: ({ seconds }) => seconds,
    text: ({ seconds }) => (seconds === null ? '' : formatCountdown(seconds)),
    align: 'end',
    searched: false,
    hidden: true,
  },
  { key: 'operator', title: 'Operator', width: 120, value: ({ operator }) => operator, hidden: true },
  { key: 'runId', title: 'Run id', width: 220, value: ({ id }) => id, hidden: true, isId: true },
  { key: 'parent', title: 'Tries again', width: 220, value: ({ parent }) => parent, hidden: true },
];
