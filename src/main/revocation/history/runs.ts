import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSummary } from '../../../shared/run.ts';
import { failure } from '../../failure.ts';
import { shortId } from '../short-id.ts';
import { loadRun, readRun, summarise, type LoadedRun, type RecordedRun } from './load.ts';

/** What a run's id looks like; nothing else is ever made part of a path. */
export const RUN_ID = /^\d{8}-\d{6}-[0-9a-z]{10}$/;

/** Summaries kept, so that a list of runs does not read every journal again. */
const MAX_SUMMARIES = 1_000;

export interface Runs {
  /** Makes a new folder. Throws when the disk fails. @param now ms since the epoch. */
  create(now: number): Promise<{ readonly runId: string; readonly folder: string }>;
  /** @throws AppFailure `no-such-item`. */
  folderOf(runId: string): string;
  /** Newest first. A folder that cannot be read is left out: it holds no run of this app. */
  list(): Promise<readonly RunSummary[]>;
  /** @throws AppFailure `no-such-item`, `journal-damaged` when the plan cannot be trusted. */
  load(runId: string): Promise<LoadedRun>;
  /** @throws AppFailure `no-such-item`. */
  summary(runId: string): Promise<RunSummary>;
  delete(runId: string): Promise<void>;
}

/** The runs on this computer, a folder each. */
export function createRuns(runsDir: () => string, random: () => number): Runs {
  const summaries = new Map<string, { readonly version: string; readonly summary: RunSummary }>();
  /** The run somebody looks at now, page by page. */
  let open: { readonly version: string; readonly run: LoadedRun } | null = null;

  const folderOf = (runId: string): string => {
    if (!RUN_ID.test(runId)) throw failure('no-such-item', 'There is no such run.');
    return join(runsDir(), runId);
  };

  const noSuchRun = (cause?: unknown): Error => failure('no-such-item', 'There is no such run.', cause);

  /** Changes whenever the journal does. */
  const versionOf = async (runId: string): Promise<string> => {
    const { size, mtimeMs } = await stat(join(folderOf(runId), 'journal.jsonl')).catch((error: unknown) => {
      throw noSuchRun(error);
    });
    return `${runId} ${size} ${mtimeMs}`;
  };

  const read = async (runId: string): Promise<RecordedRun> => {
    const run = await readRun(folderOf(runId), runId);
    if (!run) throw noSuchRun();
    return run;
  };

  const summary = async (runId: string): Promise<RunSummary> => {
    const version = await versionOf(runId);
    const known = summaries.get(runId);
    if (known?.version === version) return known.summary;
    const fresh = summarise(await read(runId));
    if (summaries.size >= MAX_SUMMARIES) summaries.clear();
    summaries.set(runId, { version, summary: fresh });
    return fresh;
  };

  return {
    folderOf,
    summary,
    create: async (now) => {
      await mkdir(runsDir(), { recursive: true });
      const time = new Date(now)
        .toISOString()
        .replace(/\.\d+Z$/, '')
        .replaceAll(/[-:]/g, '')
        .replace('T', '-');
      const runId = `${time}-${shortId(random)}`;
      const folder = folderOf(runId);
      await mkdir(folder);
      return { runId, folder };
    },
    list: async () => {
      const names = await readdir(runsDir()).catch(() => []);
      const found: RunSummary[] = [];
      for (const runId of names
        .filter((name) => RUN_ID.test(name))
        .sort()
        .reverse()) {
        const one = await summary(runId).catch(() => null);
        if (one) found.push(one);
      }
      return found;
    },
    load: async (runId) => {
      const version = await versionOf(runId);
      if (open?.version === version) return open.run;
      const run = await loadRun(folderOf(runId), await read(runId));
      open = { version, run };
      return run;
    },
    delete: async (runId) => {
      await rm(folderOf(runId), { recursive: true, force: true });
      summaries.delete(runId);
      open = null;
    },
  };
}
