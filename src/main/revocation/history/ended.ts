import { readTail } from '../../files/regular-file.ts';
import { journalPath } from '../journal/files.ts';
import { decodeRecord } from '../journal/records.ts';
import { hasEnded } from '../run/state.ts';

/** Far more than the lines that can stand behind the last state of a run that has ended. */
const TAIL_BYTES = 64 * 1024;

/**
 * Whether a run can only have ended, without reading the whole of its journal: the last state in it says so. Read as a
 * whole it would be ended too, or damaged; never interrupted.
 * @returns false where that is not certain.
 */
export async function tellsItsEnd(folder: string): Promise<boolean> {
  const tail = await readTail(journalPath(folder), TAIL_BYTES).catch(() => null);
  // What stands behind the last line feed is no line, and the first one may be half a line.
  const lines = tail?.toString('utf8').split('\n').slice(0, -1) ?? [];
  for (const line of lines.reverse()) {
    const record = decodeRecord(line);
    if (record === null) return false;
    if (record.type === 'state') return hasEnded(record.state);
  }
  return false;
}
