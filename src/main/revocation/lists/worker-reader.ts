import { Worker } from 'node:worker_threads';
import type { AppError } from '../../../shared/result.ts';
import { AppFailure, failure } from '../../failure.ts';
import type { OnRead } from './layout.ts';
import type { ListJob, ReadList } from './read-list.ts';

/** Reads a list somewhere; ends with AppFailure `cancelled` when it is aborted. */
export type ListReader = (job: ListJob, signal: AbortSignal, onRead: OnRead) => Promise<ReadList>;

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'read'; readonly list: ReadList }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Heap of the worker, MB: 1,000,000 rows of id, name and address take about 500. */
const MAX_HEAP_MB = 1_024;
/** No list of 20 MB takes that long; one that was made to is ended, ms. */
const MAX_MS = 120_000;

/**
 * A reader that starts a worker for each list (https://nodejs.org/api/worker_threads.html#new-workerfilename-options):
 * beyond its memory, its time, or when it is cancelled, it ends with an error, and main goes on.
 * @param path the built worker: electron-vite's `?modulePath`. Electron reads workers from its archive since 16
 * (https://github.com/electron/electron/pull/33216).
 */
export function createWorkerReader(path: string): ListReader {
  return async (job, signal, onRead) => {
    signal.throwIfAborted();
    const worker = new Worker(path, {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    try {
      return await answerOf(worker, signal, onRead);
    } finally {
      await worker.terminate();
    }
  };
}

function answerOf(worker: Worker, signal: AbortSignal, onRead: OnRead): Promise<ReadList> {
  return new Promise((resolve, reject) => {
    AbortSignal.timeout(MAX_MS).addEventListener('abort', () => {
      reject(failure('file-unreadable', 'Reading the list took more than two minutes, so it was ended.'));
    });
    const onAbort = (): void => {
      reject(failure('cancelled', 'Reading the list was cancelled.'));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onRead(message.share);
      else if (message.kind === 'read') resolve(message.list);
      else reject(new AppFailure(message.error));
    });
    worker.on('error', (error) => {
      reject(reasonOf(error));
    });
    worker.on('exit', () => {
      // After an answer this changes nothing any more.
      reject(failure('file-unreadable', 'The list could not be read: its reader ended without an answer.'));
      signal.removeEventListener('abort', onAbort);
    });
  });
}

function reasonOf(error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return failure(
      'file-too-large',
      'Reading the list takes more memory than is allowed. Split it, or leave columns out.',
      error,
    );
  return failure('file-unreadable', 'The list could not be read.', error);
}
