import { finish, ranking, type Ranks } from './sort.ts';
import type { TableColumn } from './types.ts';

/** The table is drawn first, ms. */
const AFTER_MS = 200;
/** What is left of an idle moment when it is given back, ms. */
const GIVE_BACK_MS = 2;

/** How the rows of a table stand by each of its columns: worked out ahead, so that a click on a heading waits for none. */
export interface RanksAhead<Row> {
  /** Works out what is still missing of it. */
  of(column: TableColumn<Row>): Ranks;
  stop(): void;
}

/** @param columns in the order in which they are likely to be asked for. */
export function rankAhead<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): RanksAhead<Row> {
  const done = new Map<string, Ranks>();
  const begun = new Map<string, Generator<undefined, Ranks>>();
  let idle = 0;

  const workOn = (column: TableColumn<Row>): Generator<undefined, Ranks> => {
    const work =
      begun.get(column.key) ??
      ranking(rows.length, (n) => {
        const row = rows[n];
        return row === undefined ? null : column.value(row);
      });
    begun.set(column.key, work);
    return work;
  };
  const keep = (column: TableColumn<Row>, ranks: Ranks): Ranks => {
    begun.delete(column.key);
    done.set(column.key, ranks);
    return ranks;
  };
  const rankWhileIdle = (moment: IdleDeadline): void => {
    for (;;) {
      const column = columns.find(({ key }) => !done.has(key));
      if (!column) return;
      const work = workOn(column);
      while (moment.timeRemaining() > GIVE_BACK_MS) {
        const step = work.next();
        if (step.done !== true) continue;
        keep(column, step.value);
        break;
      }
      if (done.has(column.key)) continue;
      idle = requestIdleCallback(rankWhileIdle);
      return;
    }
  };
  const timer = setTimeout(() => {
    idle = requestIdleCallback(rankWhileIdle);
  }, AFTER_MS);

  return {
    of: (column) => done.get(column.key) ?? keep(column, finish(workOn(column))),
    stop: () => {
      clearTimeout(timer);
      if (idle !== 0) cancelIdleCallback(idle);
    },
  };
}
