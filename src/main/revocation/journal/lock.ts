import { randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { link, open, rename, rm, rmdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { failure } from '../../failure.ts';
import { isMissing, readWhole } from '../../files/regular-file.ts';
import { PRIVATE_FILE } from '../../files/replace-file.ts';

/** Where the lock of a run's folder stands. */
export const lockPath = (folder: string): string => join(folder, 'lock');

/**
 * Why a lock beats: a process id proves nothing, since it may be another program's by now, or another computer's; and a
 * time proves nothing, since clocks jump. Only a writer that is alive changes its lock. So the lock counts, once in
 * `BEAT_MS`, and one that does not count while somebody looks on for `LOOKS` beats belongs to nobody. Waited for in real
 * time, never by the wall clock.
 */
const BEAT_MS = 500;
const LOOKS = 8;

const MAX_BYTES = 4_096;
const lockSchema = z.object({
  id: z.string().max(100),
  pid: z
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  host: z.string().max(600),
  beat: z.string().max(20),
});
type Lock = z.output<typeof lockSchema>;

/** Where a process id means something: this computer, and on Linux this space of process ids. */
const here = ((): string => {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`.slice(0, 600);
  } catch {
    return hostname().slice(0, 600);
  }
})();

/** What this process holds: the lock's own id by folder, and what ends it. */
const ours = new Map<string, { readonly id: string; beats: number; readonly timer: NodeJS.Timeout }>();

/** Of one length whatever it counts, so that a beat writes over the one before. */
const lockText = (id: string, beats: number): string =>
  JSON.stringify({ id, pid: process.pid, host: here, beat: String(beats).padStart(10, '0') } satisfies Lock);

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};

/** What stands in the place of the lock: null for nothing; text that is no lock, or something that is no file, too. */
async function look(path: string): Promise<string | null> {
  try {
    return (await readWhole(path, MAX_BYTES)).toString('utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    return 'not a file';
  }
}

function parse(text: string): Lock | null {
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether that lock's process certainly has ended: it was of this computer, and nobody has its number now. */
const hasEnded = (text: string): boolean => {
  const lock = parse(text);
  return lock?.host === here && (lock.pid === process.pid || isGone(lock.pid));
};

/** Locks that were looked on at once and did not count, so that a list of runs is not held up by them again. */
const abandoned = new Map<string, string>();
const MAX_ABANDONED = 1_000;

/** Looks on until the lock counts or goes, or has had the time to. @returns what stood there at last; null for nothing. */
async function lookOn(path: string): Promise<{ readonly text: string | null; readonly alive: boolean }> {
  const first = await look(path);
  if (first === null || hasEnded(first) || first === abandoned.get(path))
    return { text: first, alive: false };
  for (let looks = 0; looks < LOOKS; looks += 1) {
    await wait(BEAT_MS);
    const text = await look(path);
    if (text !== first) return { text, alive: text !== null };
  }
  if (abandoned.size >= MAX_ABANDONED) abandoned.clear();
  abandoned.set(path, first);
  return { text: first, alive: false };
}

/** Sets aside what stood there, and nothing else: somebody may have taken the place meanwhile. */
async function setAside(path: string, stood: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
  const got = await look(aside);
  if (got !== null && got !== stood) {
    await link(aside, path).catch(() => undefined);
    await rm(aside, { force: true });
    throw failure('run-active', 'Another process is writing this run.');
  }
  // A folder named lock goes when it is empty; what somebody put into it is not ours to delete.
  await rm(aside, { force: true }).catch(() => rmdir(aside).catch(() => undefined));
}

async function take(folder: string): Promise<void> {
  const path = lockPath(folder);
  const id = randomUUID();
  const file = await open(path, 'wx', PRIVATE_FILE);
  try {
    await file.writeFile(lockText(id, 0));
  } finally {
    await file.close();
  }
  const timer = setInterval(() => void beat(folder), BEAT_MS);
  timer.unref();
  ours.set(folder, { id, beats: 0, timer });
}

/** Counts on. A lock that somebody deleted is put back; one that somebody else has taken is left to them. */
async function beat(folder: string): Promise<void> {
  const held = ours.get(folder);
  if (!held) return;
  held.beats += 1;
  try {
    const path = lockPath(folder);
    const text = await look(path);
    if (text !== null && parse(text)?.id !== held.id) return;
    const file = await open(path, text === null ? 'wx' : 'r+', PRIVATE_FILE);
    try {
      await file.write(lockText(held.id, held.beats), 0);
    } finally {
      await file.close();
    }
  } catch {
    // The disk fails, or the folder is away for now: the journal says so.
  }
}

/**
 * Whether this process still is the only writer of a folder: asleep or held up for long, it may have been taken for gone.
 * A lock that is missing is still ours, as long as nobody else wrote (the journal's length tells).
 */
export async function holdsLock(folder: string): Promise<boolean> {
  const text = await look(lockPath(folder));
  return text === null || parse(text)?.id === ours.get(folder)?.id;
}

/** Whether another process writes in that folder now. Takes up to four seconds where a crash left a lock. */
export async function isLockedElsewhere(folder: string): Promise<boolean> {
  if (ours.has(folder)) return false;
  return (await lookOn(lockPath(folder))).alive;
}

/**
 * Makes this process the only writer of a run's folder; a lock that nobody holds any more is taken over.
 * @returns a function that gives it up.
 * @throws AppFailure `run-active` when somebody else writes there, `file-not-writable`.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  if (ours.has(folder) || taking.has(folder))
    throw failure('run-active', 'This run is being written already.');
  taking.add(folder);
  const path = lockPath(folder);
  try {
    await take(folder).catch(async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const { text, alive } = await lookOn(path);
      if (alive) throw failure('run-active', 'Another process is writing this run.');
      if (text !== null) await setAside(path, text);
      await take(folder);
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw failure('run-active', 'Another process is writing this run.', error);
    if (code !== undefined)
      throw failure('file-not-writable', 'The folder of the run cannot be written.', error);
    throw error;
  } finally {
    taking.delete(folder);
  }
  return async () => {
    const held = ours.get(folder);
    if (!held) return;
    clearInterval(held.timer);
    const text = await look(path);
    ours.delete(folder);
    // A lock left behind is taken over; one of somebody else is theirs.
    if (text !== null && parse(text)?.id === held.id) await rm(path, { force: true }).catch(() => undefined);
  };
}

const taking = new Set<string>();
