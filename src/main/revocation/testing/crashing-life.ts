import type { ManualClock } from '../../testing/manual-clock.ts';
import type { JournalFile } from '../journal/writer.ts';
import type { MemoryJournal } from './memory-journal.ts';

/** What nobody waits for any more: the program that asked is dead. */
export const never = new Promise<never>(() => undefined);

const full = (): Error => Object.assign(new Error('No space left on device'), { code: 'ENOSPC' });

/** One stretch of the app's life, ended by a crash when the journal has taken `bytes` more. Nothing acts after it. */
export function life(
  clock: ManualClock,
  disk: MemoryJournal,
  bytes: number,
  diskFails: () => boolean,
  syncFails: () => boolean = () => false,
  /** How long a write takes, ms. */
  writeMs: () => number = () => 0,
) {
  let dead = false;
  let room = bytes;
  let die = (): void => undefined;
  const crashed = new Promise<'crashed'>((resolve) => {
    die = () => {
      dead = true;
      resolve('crashed');
    };
  });
  const file: JournalFile = {
    append: async (data) => {
      const ms = writeMs();
      if (ms > 0) await clock.sleep(ms);
      if (dead) return never;
      if (diskFails()) throw full();
      const fits = data.subarray(0, Math.max(0, room));
      room -= data.length;
      await disk.append(fits);
      if (room >= 0) return;
      die();
      return never;
    },
    recover: (length) => (dead ? never : disk.recover(length)),
    sync: async () => (dead ? never : syncFails() ? Promise.reject(full()) : disk.sync()),
    close: () => (dead ? never : disk.close()),
  };
  const alive: ManualClock = {
    ...clock,
    sleep: (ms, signal) => clock.sleep(ms, signal).then(() => (dead ? never : undefined)),
  };
  return {
    file,
    clock: alive,
    crashed,
    isDead: () => dead,
    /** Now; or in the middle of a write, when the journal has taken so many bytes more. */
    crash: (afterBytes?: number): void => {
      if (afterBytes === undefined) die();
      else room = afterBytes;
    },
  };
}

export type Life = ReturnType<typeof life>;
