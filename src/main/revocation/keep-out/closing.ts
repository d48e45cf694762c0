import type { KeepOutKey, KeepOutSummary } from '../../../shared/keep-out.ts';
import type { Clock } from '../../clock.ts';
import { failure } from '../../failure.ts';
import { writeEnd } from '../history/close.ts';
import { lockFolder } from '../journal/lock.ts';
import { hasEnded } from '../run/state.ts';
import { openKeepOutJournal, readKeepOut, restingSummary } from './files.ts';

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
    await writeEnd(await openKeepOutJournal(folder, tail, clock, () => undefined), clock, why);
    return await restingSummary(runId, keepOutId, folder);
  } finally {
    await release();
  }
}
