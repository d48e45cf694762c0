import type { ManualClock } from '../../testing/manual-clock.ts';
import type { JournalFile } from '../journal/writer.ts';
import type { MemoryJournal } from './memory-journal.ts';

/** What nobody waits for any more: the program that asked is dead. */
export const never = new Promise<never>(() => undefined);

/** One stretch of the app's life, ended by a crash when the journal has taken `bytes` more. Nothing acts after it. */
export function life(clock: ManualClock, disk: MemoryJournal, bytes: number, diskFails: () => boolean) {
  let dead = false;
  let room = bytes;
  let die = (): void => undefined;
  const crashed = new Promise<'crashed'>((resolve) => {
    die = () => resolve('crashed');
  });
  const file: JournalFile = {
    ...disk,
    append: async (data) => {
      if (dead) return never;
      if (diskFails()) throw Object.assign(new Error('No space left on device'), { code: 'ENOSPC' });
      const fits = data.subarray(0, Math.max(0, room));
      room -= data.length;
      await disk.append(fits);
      if (room >= 0) return;
      dead = true;
      die();
      return never;
    },
    recover: (length) => (dead ? never : disk.recover(length)),
    sync: () => (dead ? never : disk.sync()),
  };
  const alive: ManualClock = {
    ...clock,
    sleep: (ms, signal) => clock.sleep(ms, signal).then(() => (dead ? never : undefined)),
  };
  return { file, clock: alive, crashed, isDead: () => dead };
}
