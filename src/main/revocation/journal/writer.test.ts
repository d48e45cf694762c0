import { expect, it } from 'vitest';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryJournal, testHeader } from '../testing/memory-journal.ts';
import { JOURNAL_START } from './reader.ts';
import { createJournalWriter, SYNC_MS } from './writer.ts';

// A sync that failed may have dropped what it was for, and the next one does not say so. https://wiki.postgresql.org/wiki/Fsync_Errors
it('makes a sync good that failed while a record was being written', async () => {
  const clock = createManualClock();
  const disk = createMemoryJournal();
  const steps: string[] = [];
  let ms = 0;
  const file = {
    ...disk,
    append: async (bytes: Uint8Array) => {
      if (ms > 0) await clock.sleep(ms);
      await disk.append(bytes);
      steps.push('written');
    },
    recover: (length: number) => {
      steps.push('recovered');
      return disk.recover(length);
    },
    sync: async () => {
      await clock.sleep(20);
      steps.push('sync failed');
      throw new Error('I/O error');
    },
  };
  const writer = createJournalWriter(file, JOURNAL_START, clock, () => undefined);
  const intent = { type: 'intent', index: 0, userId: 'u' } as const;
  await writer.append(testHeader);
  await clock.advance(SYNC_MS);
  ms = 50;
  const during = writer.append(intent);
  await clock.runUntil(during);
  ms = 0;
  await writer.append(intent);
  expect(steps).toEqual(['recovered', 'written', 'sync failed', 'written', 'recovered', 'written']);
});
