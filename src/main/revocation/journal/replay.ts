import type { RunState } from '../../../shared/run.ts';
import type { HeaderBody, JournalRecord, OutcomeBody } from './records.ts';

/** An outcome with its time. */
export interface Settlement extends Omit<OutcomeBody, 'type' | 'index'> {
  readonly at: string;
}

/** @param at when it was written, ISO 8601. */
export const settlementOf = (
  { userId, outcome, note, attempts, status, correlationId, sentAt }: OutcomeBody,
  at: string,
): Settlement =>
  // Field by field: there can be 100,000 of them (docs/decisions/memory.md).
  sentAt === undefined
    ? { userId, outcome, note, attempts, status, correlationId, at }
    : { userId, outcome, note, attempts, status, correlationId, at, sentAt };

/** A change of state, and the time of the record before it: where a crash left off. */
export interface StateChange {
  readonly at: string;
  readonly before: string;
  readonly state: RunState;
}

/** More than a run makes in weeks: what a journal crafted of changes says beyond is not in the picture of its time. */
export const MAX_CHANGES = 100_000;

/** What a journal says, record by record. Rows are named by their index in the plan. */
export interface ReplayedRun {
  readonly header: (HeaderBody & { readonly at: string }) | null;
  readonly state: RunState;
  /** Why it came into that state. */
  readonly why: string;
  /** Every change of state, in order; the first `MAX_CHANGES`. */
  readonly changes: readonly StateChange[];
  /** Time of the last record; empty while there is none. */
  readonly lastAt: string;
  readonly settled: ReadonlyMap<number, Settlement>;
  /** Rows with an intent and no outcome, and their user ids: the call may or may not have been made. */
  readonly open: ReadonlyMap<number, string>;
}

/** Collects a journal's records. A user's first outcome stands. */
export class Replay implements ReplayedRun {
  header: ReplayedRun['header'] = null;
  state: RunState = { kind: 'planned' };
  why = '';
  readonly changes: StateChange[] = [];
  lastAt = '';
  readonly settled = new Map<number, Settlement>();
  readonly open = new Map<number, string>();

  add(record: JournalRecord): void {
    const { changes, settled, open } = this;
    switch (record.type) {
      case 'header':
        this.header = record;
        break;
      case 'state':
        this.state = record.state;
        this.why = record.why;
        if (changes.length < MAX_CHANGES)
          changes.push({ at: record.at, before: this.lastAt, state: record.state });
        break;
      case 'intent':
        if (!settled.has(record.index)) open.set(record.index, record.userId);
        break;
      case 'outcome': {
        open.delete(record.index);
        if (settled.has(record.index)) break;
        settled.set(record.index, settlementOf(record, record.at));
        break;
      }
    }
    this.lastAt = record.at;
  }
}
