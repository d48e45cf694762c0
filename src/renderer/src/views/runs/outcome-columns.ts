import type { OutcomeRow } from '../../../../shared/run.ts';
import type { TableColumn } from '../../components/table/types.ts';
import { formatSecond, formatTime } from '../../messages/format.ts';
import { OUTCOME_LABELS } from '../../messages/run.ts';
import { IDENTITY_COLUMNS } from '../detail-columns.ts';

/** Those shown from the start fit a window of 1280 pixels, at their widest, too; the row's details have them all. */
export const OUTCOME_COLUMNS: readonly TableColumn<OutcomeRow>[] = [
  {
    key: 'row',
    title: 'Row',
    width: 72,
    maxWidth: 72,
    value: (row) => row.index + 1,
    align: 'end',
    searched: false,
  },
  {
    key: 'outcome',
    field: 'outcome',
    title: 'Outcome',
    width: 160,
    maxWidth: 168,
    adornment: 32,
    value: (row) => OUTCOME_LABELS[row.outcome].label,
  },
  {
    key: 'name',
    field: 'name',
    title: 'Name',
    width: 144,
    maxWidth: 168,
    value: (row) => row.name,
    instead: (row) => row.input,
  },
  { key: 'email', field: 'email', title: 'Email', width: 224, maxWidth: 244, value: (row) => row.email },
  { key: 'note', field: 'note', title: 'Note', width: 172, maxWidth: 150, value: (row) => row.note },
  {
    key: 'at',
    title: 'Time',
    width: 104,
    value: (row) => row.at,
    searched: false,
    text: (row) => (row.at === null ? '' : formatTime(row.at)),
  },
  {
    key: 'attempts',
    title: 'Attempts',
    width: 100,
    value: (row) => row.attempts,
    align: 'end',
    searched: false,
    hidden: true,
  },
  {
    key: 'status',
    field: 'status',
    title: 'Status',
    width: 84,
    value: (row) => row.status,
    align: 'end',
    hidden: true,
  },
  ...IDENTITY_COLUMNS,
  {
    key: 'correlationId',
    field: 'correlationId',
    title: 'Correlation id',
    width: 290,
    value: (row) => row.correlationId,
    hidden: true,
  },
];

/** When somebody who was revoked got a token again: there only when a check has found one. */
export const againColumn = (again: ReadonlyMap<number, string>): TableColumn<OutcomeRow> => ({
  key: 'again',
  title: 'Signed in again',
  width: 204,
  value: (row) => again.get(row.index) ?? null,
  searched: false,
  text: (row) => {
    const at = again.get(row.index);
    return at === undefined ? '' : formatSecond(at);
  },
});
