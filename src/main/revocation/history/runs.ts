import { lstat, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutcomeRow, RunSummary } from '../../../shared/run.ts';
import { failure } from '../../failure.ts';
import { PRIVATE_FOLDER } from '../../files/replace-file.ts';
import { createSequence } from '../../in-sequence.ts';
import { journalPath, planPath } from '../journal/files.ts';
import { isLockedElsewhere } from '../journal/lock.ts';
import { keepOutFolder, keepOutIds } from '../keep-out/files.ts';
import { TIMED_ID, timedId } from '../../short-id.ts';
import { tellsItsEnd } from './ended.ts';
import { readFirstRows } from './first-rows.ts';
import { loadRun, readRun, summarise, type LoadedRun, type RecordedRun } from './load.ts';

/** Summaries kept, so that a list of runs does not read every journal again. */
const MAX_SUMMARIES = 1_000;

/** As many as a screen shows, and some to scroll to. */
const FIRST_ROWS = 500;

export interface Runs {
  /** Makes a new folder. Throws when the disk fails. @param now ms since the epoch. */
  create(now: number): Promise<{ readonly runId: string; readonly folder: string }>;
  /** @throws AppFailure `no-such-item`. */
  folderOf(runId: string): string;
  /**
   * Newest first; one whose record is damaged, cut or missing too.
   * @param which `open`: without those whose journal tells at its end that they have ended, which are not read.
   */
  list(which?: 'all' | 'open'): Promise<readonly RunSummary[]>;
  /** @throws AppFailure `no-such-item`, `journal-damaged` when the plan cannot be trusted. */
  load(runId: string): Promise<LoadedRun>;
  /** Those of a record that is not read yet, and checked as far as they need it. @throws AppFailure `no-such-item`. */
  firstRows(runId: string): Promise<readonly OutcomeRow[]>;
  /** @throws AppFailure `no-such-item`. */
  summary(runId: string): Promise<RunSummary>;
  /** Whether another process writes its record now, or that of keeping its users out. */
  isInUseElsewhere(runId: string): Promise<boolean>;
  /** @throws AppFailure `run-active` while another process writes in it. */
  delete(runId: string): Promise<void>;
}

/** The runs on this computer, a folder each. */
export function createRuns(runsDir: () => string, random: () => number): Runs {
  const summaries = new Map<string, { readonly version: string; readonly summary: RunSummary }>();
  /** The run somebody looks at now, page by page. */
  let open: { readonly version: string; readonly run: LoadedRun } | null = null;
  /** What was read last: of a run that has just ended the summary is asked for, and then all of it. It is read once for both. */
  let recorded: { readonly version: string; readonly run: RecordedRun } | null = null;

  /** A record of a large run takes some 100 MB: however many are asked for at once, one is read at a time. */
  const inTurn = createSequence();

  const folderOf = (runId: string): string => {
    if (!TIMED_ID.test(runId)) throw noSuchRun();
    return join(runsDir(), runId);
  };

  const isElsewhere = (runId: string): Promise<boolean> => isLockedElsewhere(folderOf(runId));

  const isInUseElsewhere = async (runId: string): Promise<boolean> => {
    const folder = folderOf(runId);
    const keptOut = (await keepOutIds(folder)).map((id) => keepOutFolder(folder, id));
    return (await Promise.all([folder, ...keptOut].map(isLockedElsewhere))).includes(true);
  };

  const read = async (runId: string, version: string): Promise<RecordedRun> => {
    if (recorded?.version === version) return recorded.run;
    recorded = null;
    const run = await readRun(folderOf(runId), runId);
    recorded = { version, run };
    return run;
  };

  const summary = async (runId: string, elsewhere: boolean): Promise<RunSummary> => {
    const version = await versionOf(folderOf(runId), runId);
    const seenAs = `${version} ${elsewhere}`;
    return inTurn(async () => {
      const known = summaries.get(runId);
      if (known?.version === seenAs) return known.summary;
      const fresh = summarise(await read(runId, version), elsewhere);
      if (summaries.size >= MAX_SUMMARIES) summaries.clear();
      summaries.set(runId, { version: seenAs, summary: fresh });
      return fresh;
    });
  };

  return {
    folderOf,
    summary: async (runId) => summary(runId, await isElsewhere(runId)),
    create: async (now) => {
      await mkdir(runsDir(), { recursive: true, mode: PRIVATE_FOLDER });
      const runId = timedId(now, random);
      const folder = folderOf(runId);
      await mkdir(folder, { mode: PRIVATE_FOLDER });
      return { runId, folder };
    },
    list: async (which = 'all') => {
      const names = await readdir(runsDir()).catch(() => []);
      const runIds = names.filter((name) => TIMED_ID.test(name)).sort();
      // Together, since a lock that a crash left is looked on at for some seconds.
      const looks = await Promise.all(
        runIds.map(async (runId) => ({ runId, elsewhere: await isElsewhere(runId) })),
      );
      const found: RunSummary[] = [];
      for (const { runId, elsewhere } of looks.reverse()) {
        if (which === 'open' && (await tellsItsEnd(folderOf(runId)))) continue;
        // Only one that was deleted meanwhile is not there.
        const run = await summary(runId, elsewhere).catch(() => null);
        if (run) found.push(run);
      }
      // Who looks at a list opens the newest, if any.
      if (recorded?.run.runId !== runIds.at(-1)) recorded = null;
      return found;
    },
    load: async (runId) => {
      const version = await versionOf(folderOf(runId), runId);
      return inTurn(async () => {
        if (open?.version === version) return open.run;
        const run = await loadRun(folderOf(runId), await read(runId, version), open?.run);
        open = { version, run };
        recorded = null;
        return run;
      });
    },
    // Not in turn: it is small, and is asked for because the others take long.
    firstRows: async (runId) => {
      const folder = folderOf(runId);
      const atHand = open?.version === (await versionOf(folder, runId));
      return atHand ? [] : readFirstRows(folder, runId, FIRST_ROWS);
    },
    isInUseElsewhere,
    delete: async (runId) => {
      if (await isInUseElsewhere(runId)) throw failure('run-active', 'Another Tokendesk is at this run now.');
      await rm(folderOf(runId), { recursive: true, force: true });
      summaries.delete(runId);
      open = null;
      recorded = null;
    },
  };
}

const noSuchRun = (cause?: unknown): Error => failure('no-such-item', 'There is no such run.', cause);

/** Changes whenever the journal or the plan does. @throws AppFailure `no-such-item` */
async function versionOf(folder: string, runId: string): Promise<string> {
  await lstat(folder).catch((error: unknown) => {
    throw noSuchRun(error);
  });
  const parts = await Promise.all(
    [journalPath(folder), planPath(folder)].map((path) =>
      stat(path).then(
        ({ size, mtimeMs, ino }) => `${size} ${mtimeMs} ${ino}`,
        () => 'none',
      ),
    ),
  );
  return `${runId} ${parts.join(' ')}`;
}
