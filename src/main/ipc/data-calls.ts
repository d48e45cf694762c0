import type { RunsFolderChange, RunsFolder, RemovalResult } from '../../shared/data.ts';
import { failure } from '../failure.ts';
import type { Removal } from '../removal/removal.ts';
import type { Handlers } from './router.ts';

interface DataCallDeps {
  readonly runsFolder: {
    read(): RunsFolder;
    change(to: string | null): Promise<RunsFolderChange>;
  };
  readonly removal: Removal;
  /** Main's own dialog; null when the person closed it. */
  readonly chooseFolder: (from: string) => Promise<string | null>;
  /** Shows the folder in the system's file manager; what went wrong, or nothing. */
  readonly openFolder: (path: string) => Promise<string>;
  /** Main's own question: a page that went wrong must not be able to remove anything. */
  readonly confirmRemoval: () => Promise<boolean>;
  /** Ends the program and starts it anew. */
  readonly restart: () => Promise<void>;
}

type DataCalls = Pick<Handlers, Extract<keyof Handlers, `data.${string}`>>;

/** Where what the app keeps is, and how to be rid of it. */
export function dataCalls(deps: DataCallDeps): DataCalls {
  const { runsFolder, removal } = deps;
  return {
    'data.runsFolder': () => runsFolder.read(),
    'data.openRunsFolder': async () => {
      const problem = await deps.openFolder(runsFolder.read().path);
      if (problem !== '') throw failure('file-not-writable', problem);
      return null;
    },
    'data.changeRunsFolder': async ({ to }) => {
      if (to === 'default') return runsFolder.change(null);
      const path = await deps.chooseFolder(runsFolder.read().path);
      return path === null ? null : runsFolder.change(path);
    },
    'data.places': () => removal.places(),
    'data.remove': async (request): Promise<RemovalResult | null> =>
      (await deps.confirmRemoval()) ? removal.remove(request) : null,
    'data.restart': async () => {
      await deps.restart();
      return null;
    },
  };
}
