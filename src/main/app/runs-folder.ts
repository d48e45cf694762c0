import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readdir, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { RunsFolder, RunsFolderChange } from '../../shared/data.ts';
import type { RunSummary } from '../../shared/run.ts';
import { failure, reasonOf } from '../failure.ts';
import { keepPrivate } from '../files/keep-private.ts';
import { PRIVATE_FOLDER } from '../files/replace-file.ts';
import { TIMED_ID } from '../short-id.ts';

interface RunsFolderDeps {
  readonly defaultPath: string;
  /** What the person chose; null is the default. */
  readonly chosen: () => string | null;
  readonly choose: (path: string | null) => Promise<void>;
}

/** The runs that are kept there now: what changing the folder has to look at. */
export interface RunsThere {
  isBusy(): boolean;
  listRuns(): Promise<readonly RunSummary[]>;
}

/**
 * Where the records of runs are. The app shows the runs of one folder: those of a former one stay where they are, whole,
 * and are back when it is chosen again. Moving evidence about would be one more way of losing it.
 */
export function createRunsFolder({ defaultPath, chosen, choose }: RunsFolderDeps) {
  const path = (): string => chosen() ?? defaultPath;
  const read = (): RunsFolder => ({ path: path(), isDefault: path() === defaultPath });

  return {
    defaultPath,
    path,
    read,

    /** The runs that are there already are for this person alone. What else is in the folder is not ours. */
    keepPrivate: (): Promise<void> => keepRunsPrivate(path()),

    /** A sentence for the person when a folder that was chosen cannot be reached now; null when all is well. */
    async notice(): Promise<string | null> {
      const own = chosen();
      if (own === null) return null;
      const reachable = await access(own, constants.R_OK | constants.W_OK).then(
        () => true,
        () => false,
      );
      return reachable
        ? null
        : `The folder of runs cannot be reached: ${own}. Its runs are not shown, and no run can start until it is back or another one is chosen in Settings.`;
    },

    /**
     * From now on runs are kept there; null is the app's own folder.
     * @throws AppFailure `run-active`, `file-not-writable`, and nothing has changed
     */
    async change(to: string | null, there: RunsThere): Promise<RunsFolderChange> {
      const wanted = to ?? defaultPath;
      if (!isAbsolute(wanted)) throw failure('invalid-input', 'The folder must be named with its full path.');
      refuseWhileRunning(there);
      const before = path();
      const left = await there.listRuns();
      await tryWriting(wanted);
      // A run may have begun while the disk was asked.
      refuseWhileRunning(there);
      await choose(wanted === defaultPath ? null : wanted).catch((error: unknown) => {
        throw failure('file-not-writable', 'The settings could not be saved.', error);
      });
      await keepRunsPrivate(wanted);
      const resumable = left.filter(({ state, damage }) => state.kind === 'interrupted' && damage === null);
      return {
        folder: read(),
        former: { path: before, runs: left.length, resumable: resumable.length },
      };
    },
  };
}

export type RunsFolderStore = ReturnType<typeof createRunsFolder>;

function refuseWhileRunning(there: RunsThere): void {
  if (there.isBusy()) throw failure('run-active', 'A run is going on; its record is written to this folder.');
}

async function keepRunsPrivate(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (TIMED_ID.test(name)) await keepPrivate(join(folder, name));
}

/** What a run would do there: make the folder, write a file for good, delete it. */
async function tryWriting(folder: string): Promise<void> {
  const path = join(folder, `.tokendesk-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
    const file = await open(path, 'wx');
    try {
      await file.writeFile('Tokendesk checks that it can write here.\n');
      await file.sync();
    } finally {
      await file.close();
    }
    await rm(path);
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw failure('file-not-writable', `${folder}: ${reasonOf(error)}`, error);
  }
}
