import { open, readFile, rm } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { failure } from '../../failure.ts';

export const lockPath = (folder: string): string => join(folder, 'lock');
const lockSchema = z.object({ pid: z.number().int(), bootedAt: z.number() });

/** Two readings of when the computer started differ by less than this, ms. */
const BOOT_TOLERANCE_MS = 120_000;

/** Folders locked by this process: a lock with our own pid in a file is from an earlier process of that number. */
const ours = new Set<string>();

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Whether the writer that left this lock is gone: not running, or from before the computer's last start. */
async function isStale(path: string, bootedAt: number): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  let holder: z.output<typeof lockSchema>;
  try {
    holder = lockSchema.parse(JSON.parse(text));
  } catch {
    return true; // torn while it was written, so its writer never got further
  }
  if (Math.abs(holder.bootedAt - bootedAt) > BOOT_TOLERANCE_MS) return true;
  return holder.pid === process.pid || !isAlive(holder.pid);
}

/**
 * Makes this process the only writer of a run's folder; a lock left by a crash is taken over.
 * @returns a function that gives it up.
 * @throws AppFailure `run-active` when somebody else writes there, `file-not-writable`.
 */
export async function lockFolder(folder: string, clock: Clock): Promise<() => Promise<void>> {
  if (ours.has(folder)) throw failure('run-active', 'This run is being written already.');
  ours.add(folder);
  const path = lockPath(folder);
  const bootedAt = clock.now() - uptime() * 1_000;
  const take = async (): Promise<void> => {
    const file = await open(path, 'wx');
    await file.writeFile(JSON.stringify({ pid: process.pid, bootedAt })).finally(() => file.close());
  };
  try {
    await take().catch(async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw failure('file-not-writable', 'The folder of the run cannot be written.', error);
      if (!(await isStale(path, bootedAt)))
        throw failure('run-active', 'Another process is writing this run.');
      await rm(path, { force: true });
      await take();
    });
  } catch (error) {
    ours.delete(folder);
    throw error;
  }
  return async () => {
    ours.delete(folder);
    await rm(path, { force: true }).catch(() => undefined); // a lock left behind is taken over
  };
}
