import type { Connection } from '../../shared/connection.ts';
import type { RunsFolderStore, RunsThere } from '../app/runs-folder.ts';
import type { Clock } from '../clock.ts';
import type { Handlers } from '../consent/calls.ts';
import { ask, done } from '../consent/consent.ts';
import { ownFolderDialog, removalDialog, restartDialog } from '../consent/dialogs/data.ts';
import { failure } from '../failure.ts';
import type { Removal } from '../removal/removal.ts';

interface StorageCallDeps {
  readonly runsFolder: Pick<RunsFolderStore, 'read' | 'change' | 'defaultPath'>;
  readonly revocation: RunsThere;
  readonly removal: Removal;
  /** Main's own dialog; null when the person closed it. */
  readonly chooseFolder: (from: string) => Promise<string | null>;
  /** Shows the folder in the system's file manager; what went wrong, or nothing. */
  readonly openFolder: (path: string) => Promise<string>;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** The same list until one of them changes. */
  readonly connections: () => readonly Connection[];
  /** Ends the program and starts it anew. */
  readonly restart: () => Promise<void>;
}

/** The file manager shows the folder once within that time, ms: a page could ask for a thousand windows of it. */
const OPENED_GAP_MS = 2_000;

type StorageCalls = Pick<Handlers, Extract<keyof Handlers, `storage.${string}`>>;

/** Where what the app keeps is, and how to be rid of it. */
export function storageCalls(deps: StorageCallDeps): StorageCalls {
  const { runsFolder, revocation, removal, clock } = deps;
  /** When the folder was shown last, monotonic ms. */
  let openedAt = -Infinity;
  return {
    'storage.runsFolder': () => runsFolder.read(),
    'storage.openRunsFolder': async () => {
      if (clock.monotonic() - openedAt < OPENED_GAP_MS) return null;
      openedAt = clock.monotonic();
      const problem = await deps.openFolder(runsFolder.read().path);
      if (problem === '') return null;
      openedAt = -Infinity;
      throw failure('file-not-writable', problem);
    },
    'storage.changeRunsFolder': async ({ to }) => {
      const before = runsFolder.read();
      if (to === 'chosen') {
        const path = await deps.chooseFolder(before.path);
        return done(path === null ? null : await runsFolder.change(path, revocation));
      }
      if (before.isDefault) return done(await runsFolder.change(null, revocation));
      return ask({
        dialog: ownFolderDialog(before.path, runsFolder.defaultPath),
        holds: () => runsFolder.read().path === before.path,
        act: () => runsFolder.change(null, revocation),
      });
    },
    'storage.places': () => removal.places(),
    'storage.remove': async (request) => {
      removal.check(request);
      const connections = deps.connections();
      const { path } = runsFolder.read();
      const places = await removal.places();
      const runs = places.find(({ kind }) => kind === 'runs')?.items ?? 0;
      return ask({
        dialog: removalDialog({
          connections,
          revokeTokens: request.revokeTokens,
          runs,
          removeRuns: request.runs,
          runsFolder: path,
        }),
        holds: () => deps.connections() === connections && runsFolder.read().path === path,
        act: () => removal.remove(request),
      });
    },
    'storage.restart': () => {
      const running = revocation.isBusy();
      return ask({
        dialog: restartDialog(running),
        holds: () => running || !revocation.isBusy(),
        act: async () => {
          await deps.restart();
          return null;
        },
      });
    },
  };
}
