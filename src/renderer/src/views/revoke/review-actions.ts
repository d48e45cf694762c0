import { Ban, ListFilter, ShieldCheck, Undo2 } from '@lucide/vue';
import type { PlanRow } from '../../../../shared/plan.ts';
import type { RowAction } from '../../components/table/types.ts';
import type { useRevokeStore } from '../../stores/revoke.ts';

const goes = ({ decision }: PlanRow): boolean => decision.kind === 'revoke';
const isByYou = ({ decision }: PlanRow): boolean =>
  decision.kind === 'revoke' ? decision.note !== undefined : decision.reason === 'by-you';
/** Nobody to keep back or to protect: the row stands for no user. */
const isSomebody = ({ userId }: PlanRow): boolean => userId !== null;

/** What can be decided about rows of the plan, by button, menu and key. */
export const reviewActions = (revoke: ReturnType<typeof useRevokeStore>): readonly RowAction<PlanRow>[] => [
  {
    key: 'keep-back',
    label: 'Keep back',
    icon: Ban,
    shortcut: 'Delete',
    applies: (rows) => rows.some(goes),
    run: (rows) => void revoke.decideRows('keep-back', rows),
  },
  {
    key: 'only',
    label: 'Only these',
    icon: ListFilter,
    shortcut: 'o',
    applies: (rows) => rows.some((row) => goes(row) || isByYou(row)),
    run: (rows) => void revoke.decideRows('only', rows),
  },
  {
    key: 'as-found',
    label: 'Take back my decision',
    icon: Undo2,
    shortcut: 'u',
    applies: (rows) => rows.some(isByYou),
    run: (rows) => void revoke.decideRows('as-found', rows),
  },
  {
    key: 'protect',
    label: 'Protect',
    icon: ShieldCheck,
    shortcut: 'p',
    applies: (rows) => rows.some((row) => isSomebody(row) && (goes(row) || isByYou(row))),
    run: (rows) => void revoke.decideRows('protect', rows.filter(isSomebody)),
  },
];
