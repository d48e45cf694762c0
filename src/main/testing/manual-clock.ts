import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** A clock that moves only when a test says so. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`, waking sleepers in the order of their time and letting each act before the next wakes. */
  advance(ms: number): Promise<void>;
  /** The computer slept: time jumps by `ms` at once, and every sleeper that is due wakes late. */
  jump(ms: number): Promise<void>;
  /** Somebody changed the computer's clock; `monotonic` does not move. */
  setWallClock(ms: number): void;
  /** Moves on, sleeper by sleeper, until the promise settles. Throws after `maxMs` of its own time. */
  runUntil<T>(promise: Promise<T>, maxMs?: number): Promise<T>;
  /** Calls of `sleep` that have not ended. */
  readonly sleeping: number;
}

/** Turns of the event loop without files at work after which everything runnable has run. */
const TURNS = 3;

/** Real time given to files being read and written, ms: a limit for what never ends. */
const FILES_MS = 60_000;

const usesFiles = (): boolean =>
  process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq') || name === 'CloseReq');

/** @param wallClock ms since the epoch at the start. */
export function createManualClock(wallClock = Date.UTC(2026, 0, 5, 9)): ManualClock {
  let elapsed = 0;
  let wallOffset = wallClock;
  let order = 0;
  let sleepers: Sleeper[] = [];

  /** Lets everything runnable run, and files be written: time stands still for the disk. */
  const settle = async (): Promise<void> => {
    const since = performance.now();
    for (let quiet = 0; quiet < TURNS; quiet += 1) {
      await turn();
      if (usesFiles() && performance.now() - since < FILES_MS) quiet = -1;
    }
  };

  const next = (): Sleeper | undefined =>
    sleepers.reduce<Sleeper | undefined>(
      (first, s) =>
        first === undefined || s.at < first.at || (s.at === first.at && s.order < first.order) ? s : first,
      undefined,
    );

  const wake = async (sleeper: Sleeper): Promise<void> => {
    sleepers = sleepers.filter((s) => s !== sleeper);
    sleeper.wake();
    await settle();
  };

  const wakeDue = async (until: number): Promise<void> => {
    for (let due = next(); due !== undefined && due.at <= until; due = next()) {
      elapsed = Math.max(elapsed, due.at);
      await wake(due);
    }
  };

  return {
    now: () => wallOffset + elapsed,
    monotonic: () => elapsed,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const sleeper: Sleeper = {
          at: elapsed + Math.max(0, ms),
          order: (order += 1),
          wake: () => {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        const abort = (): void => {
          sleepers = sleepers.filter((s) => s !== sleeper);
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', abort, { once: true });
        sleepers.push(sleeper);
      }),
    advance: async (ms) => {
      const until = elapsed + ms;
      await settle();
      await wakeDue(until);
      elapsed = until;
      await settle();
    },
    jump: async (ms) => {
      elapsed += ms;
      await settle();
      await wakeDue(elapsed);
    },
    setWallClock: (ms) => {
      wallOffset = ms - elapsed;
    },
    runUntil: async (promise, maxMs = 24 * 3_600_000) => {
      const end = elapsed + maxMs;
      const watched = { settled: false };
      const settled = (): void => {
        watched.settled = true;
      };
      promise.then(settled, settled);
      let idleSince = performance.now();
      await settle();
      while (!watched.settled) {
        const due = next();
        if (due !== undefined) {
          if (due.at > end) throw new Error(`Not settled after ${String(maxMs)} ms of the manual clock`);
          elapsed = Math.max(elapsed, due.at);
          await wake(due);
          idleSince = performance.now();
        } else {
          if (performance.now() - idleSince > FILES_MS) throw new Error('Nobody sleeps, yet nothing settles');
          await turn();
        }
      }
      return promise;
    },
    get sleeping() {
      return sleepers.length;
    },
  };
}
