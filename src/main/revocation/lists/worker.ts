import { parentPort, workerData } from 'node:worker_threads';
import { AppFailure } from '../../failure.ts';
import { transferOf } from './packed.ts';
import { readList, type ListJob } from './read-list.ts';
import type { WorkerMessage } from './worker-reader.ts';

// Reads one list and ends. A worker: what a stranger's file makes it do blocks nobody, and its memory has a limit.

const tell = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void => {
  parentPort?.postMessage(message, transfer);
};

try {
  const list = readList(workerData as ListJob, (share) => {
    tell({ kind: 'progress', share });
  });
  tell({ kind: 'read', list }, transferOf(list.rows));
} catch (error) {
  if (!(error instanceof AppFailure)) throw error;
  tell({ kind: 'failed', error: error.error });
}
