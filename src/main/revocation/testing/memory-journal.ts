import type { Clock } from '../../clock.ts';
import { JOURNAL_START } from '../journal/reader.ts';
import type { HeaderBody } from '../journal/records.ts';
import { createJournalWriter, type JournalFile, type JournalWriter } from '../journal/writer.ts';

export interface MemoryJournal extends JournalFile {
  readonly bytes: () => Buffer;
  /** From now on every write fails after some of its bytes, until `heal`. */
  readonly breakAfter: (bytes: number) => void;
  readonly heal: () => void;
}

/** A journal's file in memory, whose disk can be made to fail. */
export function createMemoryJournal(start: Uint8Array = new Uint8Array()): MemoryJournal {
  const pieces: Buffer[] = [Buffer.from(start)];
  let room = Infinity;
  const whole = (): Buffer => {
    pieces.splice(0, pieces.length, Buffer.concat(pieces));
    return Buffer.from(pieces[0] ?? []);
  };
  return {
    append: (bytes) => {
      const fits = Buffer.from(bytes).subarray(0, Math.min(bytes.length, room));
      pieces.push(fits);
      room -= fits.length;
      return fits.length < bytes.length
        ? Promise.reject(Object.assign(new Error('No space left on device'), { code: 'ENOSPC' }))
        : Promise.resolve();
    },
    recover: (length) => {
      const left = whole().subarray(0, length);
      pieces.splice(0, pieces.length, left);
      return Promise.resolve();
    },
    sync: () => Promise.resolve(),
    close: () => Promise.resolve(),
    bytes: whole,
    breakAfter: (bytes) => {
      room = bytes;
    },
    heal: () => {
      room = Infinity;
    },
  };
}

/** Writes a journal from its first line. */
export const emptyJournal = (disk: MemoryJournal, clock: Clock): JournalWriter =>
  createJournalWriter(disk, JOURNAL_START, clock, () => undefined);

/** A header for tests in which it does not matter. */
export const testHeader: HeaderBody = {
  type: 'header',
  v: 1,
  runId: 'run',
  appVersion: '0',
  connectionId: 'connection-1',
  connectionLabel: 'Test org',
  region: 'eu-central-1',
  orgId: 'org-1',
  orgName: 'Aurora Ltd',
  operator: { userId: null, name: 'Olive Operator' },
  reason: '',
  ticket: '',
  planHash: '',
  users: 0,
  keptBack: 0,
  dryRun: false,
  parent: null,
};
