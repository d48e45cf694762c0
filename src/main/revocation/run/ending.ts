import type { JournalWriter } from '../journal/writer.ts';
import type { Answers } from './answers.ts';
import { cutShort } from './classify-answer.ts';
import type { OutcomeLog } from './outcome-log.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { PendingQueue } from './queue.ts';
import type { RunMetrics } from './run-metrics.ts';

/** The end of a run: it comes when nobody works any more, once, whichever way. */
export interface Ending {
  /** Whether it can no longer be another one: an end that is being written can, since the disk may refuse it. */
  readonly begun: boolean;
  /** Nobody works now: if nothing is left to do, the run ends. */
  whenIdle(): void;
  /** Ends it as it stands, to be resumed, where no end has begun yet. */
  interrupt(): Promise<void>;
  /** Resolves when the run has ended or was stopped, and its journal is closed. */
  readonly ended: Promise<void>;
}

/** @returns whether everything that is known stands in the journal now. */
const triesToWriteAll = (life: Lifecycle): Promise<boolean> =>
  life.writeAll().then(
    () => true,
    () => false,
  );

/** Begins the end once: a cancelling and a quit can come while it is being written. */
export function createEnding(options: {
  readonly journal: JournalWriter;
  readonly life: Lifecycle;
  readonly outcomeLog: OutcomeLog;
  readonly queue: PendingQueue;
  readonly metrics: RunMetrics;
  readonly answers: Pick<Answers, 'settle'>;
  /** Before the journal closes. */
  readonly onOver: () => void;
  readonly onEnded: () => void;
}): Ending {
  const { journal, life, outcomeLog, queue, metrics, answers, onOver } = options;
  let begun = false;
  let finishing: Promise<void> | null = null;
  let resolveEnded = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    resolveEnded = resolve;
  });

  const end = async (): Promise<void> => {
    onOver();
    await journal.close().catch(() => undefined); // every record it took is written; only the last sync may be missing
    resolveEnded();
    options.onEnded();
  };

  const finish = async (): Promise<void> => {
    if (await life.finish()) {
      begun = true;
      await end();
      return;
    }
    finishing = null;
    if (life.state.kind === 'cancelled') whenIdle();
  };

  const closeCancelled = async (): Promise<void> => {
    const calledFor = queue.drain();
    // Without it the run can be resumed, and then whoever was left is called for.
    const isRecorded = (await triesToWriteAll(life)) || (await triesToWriteAll(life));
    if (isRecorded) for (const user of calledFor) await answers.settle(user, cutShort(user.tries));
    await triesToWriteAll(life); // what is left is told as it stands in the journal
    const { unanswered, untouched } = outcomeLog.without();
    metrics.addMany('failed', unanswered);
    metrics.addMany('not-attempted', untouched);
    await end();
  };

  function whenIdle(): void {
    if (begun || finishing) return;
    const { kind } = life.state;
    if (kind === 'cancelled') {
      begun = true;
      void closeCancelled();
    } else if ((kind === 'running' || kind === 'paused') && queue.left === 0 && outcomeLog.unwritten === 0) {
      finishing = finish();
    }
  }

  return {
    get begun() {
      return begun;
    },
    ended,
    whenIdle,
    interrupt: async () => {
      await finishing;
      if (!begun) {
        begun = true;
        await triesToWriteAll(life); // once more: what is known now need not be asked for again
        await end();
      }
      await ended;
    },
  };
}
