import type { PlanRow } from '../../../../shared/plan.ts';
import type { TableColumn } from '../../components/table/types.ts';
import { KEPT_BACK_LABELS, USER_STATE_LABELS } from '../../messages/run.ts';
import { IDENTITY_COLUMNS } from '../detail-columns.ts';

/** The decision in words: "Revoke", "Kept back", and "Kept back by you" where the operator said so. */
export const decisionText = ({ decision }: PlanRow): string => {
  if (decision.kind === 'revoke') return 'Revoke';
  return decision.reason === 'by-you' ? 'Kept back by you' : 'Kept back';
};

/** Why, in a few words and a sentence; empty where the decision says it all. */
export const reasonText = ({ decision }: PlanRow): string => {
  if (decision.kind === 'revoke') return decision.note ?? '';
  if (decision.reason === 'by-you') return '';
  const { label, explanation } = KEPT_BACK_LABELS[decision.reason];
  return `${label}: ${decision.note ?? explanation}`;
};

/** The reason stands beside the decision, and both come before what a narrow window cuts off. */
export const PLAN_COLUMNS: readonly TableColumn<PlanRow>[] = [
  {
    key: 'row',
    title: 'Row',
    width: 84,
    maxWidth: 84,
    value: (row) => row.index + 1,
    align: 'end',
    searched: false,
  },
  { key: 'decision', field: 'decision', title: 'Decision', width: 160, adornment: 32, value: decisionText },
  {
    key: 'reason',
    field: 'decision',
    title: 'Why',
    width: 220,
    maxWidth: 230,
    value: (row) => reasonText(row) || null,
  },
  {
    key: 'name',
    field: 'name',
    title: 'Name',
    width: 180,
    minWidth: 110,
    maxWidth: 200,
    value: (row) => row.name,
    instead: (row) => row.input,
  },
  { key: 'email', field: 'email', title: 'Address', width: 220, maxWidth: 300, value: (row) => row.email },
  {
    key: 'department',
    field: 'department',
    title: 'Department',
    width: 140,
    maxWidth: 200,
    value: (row) => row.department,
  },
  {
    key: 'division',
    field: 'division',
    title: 'Division',
    width: 120,
    maxWidth: 200,
    value: (row) => row.division,
  },
  {
    key: 'state',
    field: 'state',
    title: 'State',
    width: 100,
    value: (row) => (row.state === null ? null : USER_STATE_LABELS[row.state]),
  },
  ...IDENTITY_COLUMNS,
];
