import { REVOKE } from './row-interner.ts';
import { PackedRow, packRows } from './packed-rows.ts';
import type { UserState } from './directory.ts';
import type { PlanDecision, PlanRow } from './plan.ts';
import type { RowBlock } from './row-blocks.ts';

/** Rows of a plan as the window has them. @param from number of the first of them. */
export const packPlanRows = (rows: readonly PlanRow[], from: number): RowBlock =>
  packRows(rows, from, ['userId', 'name', 'email', 'department', 'division'], ['state', 'decision']);

/** A row of a plan, in its block. */
export class PackedPlanRow extends PackedRow implements PlanRow {
  get department(): string | null {
    return this.text('department');
  }

  get division(): string | null {
    return this.text('division');
  }

  get state(): UserState | null {
    return this.text('state') as UserState | null;
  }

  get decision(): PlanDecision {
    return (this.value('decision') as PlanDecision | null) ?? REVOKE;
  }
}
