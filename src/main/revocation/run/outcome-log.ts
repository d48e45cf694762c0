import type { PlanRow } from '../../../shared/plan.ts';
import { type Clock, nowIso } from '../../clock.ts';
import { settlementOf, type Settlement } from '../journal/replay.ts';
import type { OutcomeBody } from '../journal/records.ts';
import type { JournalWriter } from '../journal/writer.ts';
import { outcomeRow } from '../report/rows.ts';
import { Backlog } from './backlog.ts';
import type { Settled, Tries } from './classify-answer.ts';
import type { Pending } from './queue.ts';
import type { RunMetrics } from './run-metrics.ts';

/** Who has which outcome: in memory exactly what is in the journal. */
export interface OutcomeLog {
  /** Users to revoke, in the order of the plan. */
  readonly users: readonly { readonly index: number; readonly userId: string }[];
  /** Of them, who was kept back after the plan was made: they count as kept back from then on. */
  readonly keptBack: number;
  /** Writes that a call is about to be made. @returns the user, begun. Throws when it cannot be written. */
  begin(user: Pending): Promise<Pending>;
  /** Writes an outcome. @returns false when it could not be written; it is kept, and counts for nothing yet. */
  settle(user: Pending, what: Settled): Promise<boolean>;
  /** Writes what could not be written before. Throws when it still cannot. */
  writeUnwritten(): Promise<void>;
  readonly unwritten: number;
  isBegun(index: number): boolean;
  /** How many users have no outcome: of the unanswered, a call was begun. As the rows of the report say. */
  without(): { readonly unanswered: number; readonly untouched: number };
}

/** The row itself, and no object that says less of it: there may be 100,000. */
const isToRevoke = (row: PlanRow): row is PlanRow & { readonly userId: string } =>
  row.decision.kind === 'revoke' && row.userId !== null;

/** @param options.settled outcomes of the time before an interruption; those to come are added to it. */
export function createOutcomeLog(options: {
  readonly rows: readonly PlanRow[];
  readonly settled: Map<number, Settlement>;
  readonly begun: ReadonlyMap<number, Tries>;
  readonly journal: JournalWriter;
  readonly metrics: RunMetrics;
  readonly clock: Clock;
  readonly onSettled: () => void;
}): OutcomeLog {
  const { rows, settled, journal, metrics, clock, onSettled } = options;
  const users = rows.filter(isToRevoke);
  const begun = new Set(options.begun.keys());

  let keptBack = 0;
  metrics.addMany('kept-back', rows.length - users.length);
  for (const { outcome } of settled.values()) {
    metrics.addMany(outcome, 1);
    if (outcome === 'kept-back') keptBack += 1;
  }

  const write = async (body: OutcomeBody): Promise<void> => {
    const at = nowIso(clock); // as the record has it, however long the disk takes
    await journal.append(body);
    const { index, outcome } = body;
    const settlement = settlementOf(body, at);
    settled.set(index, settlement);
    begun.delete(index);
    const row = rows[index];
    if (outcome === 'kept-back') {
      keptBack += 1;
      metrics.addMany('kept-back', 1);
    } else if (row) metrics.add(outcomeRow(row, settlement, false));
    onSettled();
  };

  /** At most one per worker: no call is made while there is one. */
  const unwritten = new Backlog(write);

  return {
    users,
    get keptBack() {
      return keptBack;
    },
    isBegun: (index) => begun.has(index),
    without: () => {
      const left = users.filter(({ index }) => !settled.has(index));
      const unanswered = left.filter(({ index }) => begun.has(index)).length;
      return { unanswered, untouched: left.length - unanswered };
    },
    get unwritten() {
      return unwritten.length;
    },
    begin: async (user) => {
      if (user.begun) return user;
      await journal.append({ type: 'intent', index: user.index, userId: user.userId });
      begun.add(user.index);
      return { ...user, begun: true };
    },
    settle: async ({ index, userId, tries }, what) => {
      const body: OutcomeBody = { type: 'outcome', index, userId, ...what, attempts: tries.attempts };
      try {
        await write(body);
        return true;
      } catch {
        unwritten.add(body);
        return false;
      }
    },
    writeUnwritten: () => unwritten.writeAll(),
  };
}
