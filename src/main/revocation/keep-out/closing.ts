import type { KeepOutKey, KeepOutSummary } from '../../../shared/keep-out.ts';
import type { Clock } from '../../clock.ts';
import { failure } from '../../failure.ts';
import { writeEnd } from '../history/close.ts';
import { openJournalFile } from '../journal/journal-file.ts';
import { holdsLock, lockFolder, lockPath } from '../journal/lock.ts';
import { createChainWriter } from '../journal/writer.ts';
import { hasEnded } from '../run/state.ts';
import { readKeepOut, restingSummary } from './files.ts';
import { keepOutRecords, type KeepOutBody } from './records.ts';

/** Ends one that was interrupted, for good: one record more, and then none. @throws AppFailure `journal-damaged`, `run-active`. */
export async function closeInterrupted(
  { runId, keepOutId }: KeepOutKey,
  folder: string,
  clock: Clock,
  why: string,
): Promise<KeepOutSummary> {
  const release = await lockFolder(folder);
  try {
    const { replayed, tail, damage } = await readKeepOut(folder, keepOutId);
    if (damage !== null) throw failure('journal-damaged', damage);
    if (hasEnded(replayed.state)) return await restingSummary(runId, keepOutId, folder);
    const file = await openJournalFile(folder, () => holdsLock(folder), [lockPath(folder)]);
    const encode = keepOutRecords.encode;
    const journal = createChainWriter<KeepOutBody>(file, tail, clock, () => undefined, encode);
    await writeEnd(journal, clock, why);
    return await restingSummary(runId, keepOutId, folder);
  } finally {
    await release();
  }
}
