import type { PlanRow } from '../../../../shared/plan.ts';
import type { TableColumn } from '../../components/table/types.ts';
import { KEPT_BACK_WORDS, USER_STATE_WORDS } from '../../words/run.ts';

/** The decision in words, e.g. "Revoke" or "Kept back: Duplicate". */
export const decisionText = ({ decision }: PlanRow): string =>
  decision.kind === 'revoke' ? 'Revoke' : `Kept back: ${KEPT_BACK_WORDS[decision.reason].label}`;

/** Why, in a sentence; empty for users who will be revoked. */
export const reasonText = ({ decision }: PlanRow): string =>
  decision.kind === 'revoke' ? '' : (decision.note ?? KEPT_BACK_WORDS[decision.reason].explanation);

export const PLAN_COLUMNS: readonly TableColumn<PlanRow>[] = [
  { key: 'row', title: 'Row', width: 84, value: (row) => row.index + 1, align: 'end', searched: false },
  { key: 'decision', title: 'Decision', width: 200, value: decisionText },
  { key: 'name', title: 'Name', width: 180, value: (row) => row.name },
  { key: 'email', title: 'Email', width: 220, value: (row) => row.email },
  { key: 'department', title: 'Department', width: 140, value: (row) => row.department },
  { key: 'division', title: 'Division', width: 120, value: (row) => row.division },
  {
    key: 'state',
    title: 'State',
    width: 100,
    value: (row) => (row.state === null ? null : USER_STATE_WORDS[row.state]),
  },
  { key: 'reason', title: 'Why', width: 260, value: (row) => reasonText(row) || null },
  { key: 'input', title: 'In the list', width: 220, value: (row) => row.input, hidden: true },
  { key: 'userId', title: 'User id', width: 290, value: (row) => row.userId, hidden: true },
];
