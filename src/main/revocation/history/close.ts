import { type Clock, nowIso } from '../../clock.ts';
import { failure } from '../../failure.ts';
import { openJournalFile } from '../journal/journal-file.ts';
import { lockFolder } from '../journal/lock.ts';
import type { StateBody } from '../journal/records.ts';
import { createJournalWriter, type ChainWriter } from '../journal/writer.ts';
import { hasEnded } from '../run/state.ts';
import { readRun } from './load.ts';

/** One record more, for good, and then none. */
export async function writeEnd(journal: ChainWriter<StateBody>, clock: Clock, why: string): Promise<void> {
  try {
    await journal.append({ type: 'state', state: { kind: 'cancelled', at: nowIso(clock) }, why });
    await journal.sync();
  } finally {
    await journal.close();
  }
}

/**
 * Ends an interrupted run without resuming it: whose call was not begun is never called, and the journal says why.
 * @throws AppFailure `no-such-item` when it has ended, `journal-damaged`, `run-active` when somebody writes it,
 *   `file-not-writable`.
 */
export async function closeRun(folder: string, runId: string, clock: Clock, why: string): Promise<void> {
  const release = await lockFolder(folder);
  try {
    const run = await readRun(folder, runId);
    if (hasEnded(run.replayed.state)) throw failure('no-such-item', 'This run has ended.');
    if (run.damage !== null) throw failure('journal-damaged', run.damage);
    try {
      const file = await openJournalFile(folder);
      await writeEnd(
        createJournalWriter(file, run.tail, clock, () => undefined),
        clock,
        why,
      );
    } catch (error) {
      throw failure('file-not-writable', 'The journal of the run cannot be written.', error);
    }
  } finally {
    await release();
  }
}
