import { PackedRow, packRows } from './packed-rows.ts';
import type { RowBlock } from './row-blocks.ts';
import type { OutcomeKind, OutcomeRow } from './run.ts';

/** Rows of a report as the window has them. @param from number of the first of them. */
export const packOutcomeRows = (rows: readonly OutcomeRow[], from: number): RowBlock =>
  packRows(
    rows,
    from,
    ['userId', 'name', 'email', 'note', 'attempts', 'status', 'at', 'correlationId'],
    ['outcome'],
  );

/** A row of a report, in its block. */
export class PackedOutcomeRow extends PackedRow implements OutcomeRow {
  get outcome(): OutcomeKind {
    return this.text('outcome') as OutcomeKind;
  }

  get note(): string | null {
    return this.text('note');
  }

  get attempts(): number {
    return this.number('attempts') ?? 0;
  }

  get status(): number | null {
    return this.number('status');
  }

  get at(): string | null {
    return this.text('at');
  }

  get correlationId(): string | null {
    return this.text('correlationId');
  }
}
