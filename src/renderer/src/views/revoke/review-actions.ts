import { Ban, ListFilter, ShieldCheck, Undo2 } from '@lucide/vue';
import type { PlanRow } from '../../../../shared/plan.ts';
import type { RowAction } from '../../components/table/types.ts';
import type { useRevokeStore } from '../../stores/revoke.ts';

const goes = ({ decision }: PlanRow): boolean => decision.kind === 'revoke';
const isByYou = ({ decision }: PlanRow): boolean =>
  decision.kind === 'revoke' ? decision.note !== undefined : decision.reason === 'by-you';
const isDecidable = (row: PlanRow): boolean => goes(row) || isByYou(row);
/** Otherwise nobody can be protected: the row stands for no user. */
const isSomebody = ({ userId }: PlanRow): boolean => userId !== null;

/** By its kind: what is said of it, and a row about which it can be decided. */
export const DECISIONS = [
  { key: 'keep-back', label: 'Keep back', icon: Ban, shortcut: 'Delete', concerns: goes },
  { key: 'only', label: 'Only these', icon: ListFilter, shortcut: 'o', concerns: isDecidable },
  { key: 'as-found', label: 'Take back my decision', icon: Undo2, shortcut: 'u', concerns: isByYou },
  {
    key: 'protect',
    label: 'Protect',
    icon: ShieldCheck,
    shortcut: 'p',
    concerns: (row: PlanRow): boolean => isSomebody(row) && isDecidable(row),
  },
] as const;

/** What can be decided about rows of the plan, by button, menu and key. */
export const reviewActions = (revoke: ReturnType<typeof useRevokeStore>): readonly RowAction<PlanRow>[] =>
  DECISIONS.map(({ concerns, ...action }) => ({
    ...action,
    applies: (rows) => rows.some(concerns),
    run: (rows) =>
      void revoke.decideRows(action.key, action.key === 'protect' ? rows.filter(isSomebody) : rows),
  }));
