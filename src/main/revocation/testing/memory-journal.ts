import type { JournalFile } from '../journal/writer.ts';

export interface MemoryJournal extends JournalFile {
  readonly bytes: () => Buffer;
  /** From now on every write fails after some of its bytes, until `heal`. */
  readonly breakAfter: (bytes: number) => void;
  readonly heal: () => void;
}

/** A journal's file in memory, whose disk can be made to fail. */
export function createMemoryJournal(start: Uint8Array = new Uint8Array()): MemoryJournal {
  let content = Buffer.from(start);
  let room = Infinity;
  return {
    append: (bytes) => {
      const fits = Buffer.from(bytes).subarray(0, Math.min(bytes.length, room));
      content = Buffer.concat([content, fits]);
      room -= fits.length;
      return fits.length < bytes.length
        ? Promise.reject(new Error('No space left on device'))
        : Promise.resolve();
    },
    truncate: (length) => {
      content = content.subarray(0, length);
      return Promise.resolve();
    },
    sync: () => Promise.resolve(),
    close: () => Promise.resolve(),
    bytes: () => Buffer.from(content),
    breakAfter: (bytes) => {
      room = bytes;
    },
    heal: () => {
      room = Infinity;
    },
  };
}
