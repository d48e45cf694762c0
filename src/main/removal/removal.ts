import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Connection } from '../../shared/connection.ts';
import {
  REMOVAL_CONFIRMATION,
  type DataKind,
  type DataPlace,
  type RemovalLeft,
  type RemovalRequest,
  type RemovalResult,
} from '../../shared/data.ts';
import type { AppError } from '../../shared/result.ts';
import { AppFailure, failure, reasonOf } from '../failure.ts';
import { unreadableCopies } from '../files/json-file.ts';
import { readWhole } from '../files/regular-file.ts';
import { TIMED_ID } from '../short-id.ts';
import { LEAKED_TOKEN_FILE } from '../triage/kept-records.ts';

export interface RemovalDeps {
  readonly paths: Readonly<Record<Exclude<DataKind, 'secrets' | 'cache' | 'runs'>, string>>;
  readonly runsFolder: () => string;
  readonly isRunning: () => boolean;
  /** Whether another Tokendesk, which shares the folder of runs, writes a record in that run's folder now. */
  readonly isInUseElsewhere: (runId: string) => Promise<boolean>;
  readonly connections: () => readonly Connection[];
  /** With its secrets and what else is kept of it. Throws when something of it is left, or its token may be valid. */
  readonly removeConnection: (connectionId: string, revokeToken: boolean) => Promise<unknown>;
  /** Deletes the keychain's items of a connection that the app no longer knows. */
  readonly forgetSecrets: (connectionId: string) => Promise<void>;
  readonly removeConnectionsFile: () => Promise<void>;
  readonly removeSettings: () => Promise<void>;
  readonly removeLog: () => Promise<void>;
  /** What the window and the API client keep: cached answers, storage. */
  readonly clearCache: () => Promise<void>;
}

/** Ids looked for in a damaged file: more than anybody has connections. */
const MAX_IDS = 1_000;
const MAX_COPY_BYTES = 16 * 1024 * 1024;

/** In the order of removing: what comes after the connections, and what comes when nothing else is left. */
const LATER = ['protected-users', 'timeout-history', 'log', 'cache', 'runs', 'settings'] as const;
const LAST = ['settings'] as const;

/** Everything that the app keeps on this computer: what is where, and how to be rid of it. */
export interface Removal {
  places(): Promise<readonly DataPlace[]>;
  /** @throws AppFailure `confirmation-needed`, `run-active` */
  check(request: RemovalRequest): void;
  /**
   * Removes everything, connections first: where one is left, because its token may still be valid or the keychain did
   * not answer, no file is touched, so that it can be tried again.
   * @throws AppFailure `confirmation-needed`, `run-active`
   */
  remove(request: RemovalRequest): Promise<RemovalResult>;
}

/** Nothing is read before it is asked for: what is there changes while the app runs. */
export const createRemoval = (deps: RemovalDeps): Removal => ({
  places: () => placesOf(deps),
  check: (request) => checkRequest(deps, request),
  remove: async (request) => {
    checkRequest(deps, request);
    return removeAll(deps, request);
  },
});

async function placesOf(deps: RemovalDeps): Promise<readonly DataPlace[]> {
  const { paths } = deps;
  const connections = deps.connections().length;
  const runs = await runFolders(deps);
  return [
    { kind: 'secrets', path: '', items: null },
    { kind: 'connections', path: paths.connections, items: connections },
    { kind: 'settings', path: paths.settings, items: null },
    { kind: 'protected-users', path: paths['protected-users'], items: null },
    { kind: 'timeout-history', path: paths['timeout-history'], items: null },
    { kind: 'log', path: paths.log, items: null },
    { kind: 'runs', path: deps.runsFolder(), items: runs.length },
    { kind: 'cache', path: '', items: null },
  ];
}

function checkRequest({ isRunning }: RemovalDeps, { confirmation }: RemovalRequest): void {
  if (confirmation.trim() !== REMOVAL_CONFIRMATION)
    throw failure('confirmation-needed', 'The confirmation that was typed is another one.');
  if (isRunning()) throw failure('run-active', 'A run is going on.');
}

async function removeAll(deps: RemovalDeps, { revokeTokens, runs }: RemovalRequest): Promise<RemovalResult> {
  const folder = deps.runsFolder();
  const keptRuns = !runs && (await runFolders(deps)).length > 0 ? folder : null;
  const connections = await removeConnections(deps, revokeTokens);
  if (connections.length > 0) {
    const untouched = LATER.filter((kind) => runs || kind !== 'runs');
    return { left: connections, untouched, keptRuns };
  }
  const left = await removeFiles(deps, runs);
  const untouched = left.length === 0 || left.some(({ kind }) => kind === 'settings') ? [] : LAST;
  return { left, untouched, keptRuns };
}

/** In a folder that the person chose there may be anything: only what is a run's by its name is ours. */
async function runFolders({ runsFolder }: RemovalDeps): Promise<readonly string[]> {
  const names = await readdir(runsFolder()).catch(() => []);
  return names
    .filter((name) => TIMED_ID.test(name) || LEAKED_TOKEN_FILE.test(name))
    .map((name) => join(runsFolder(), name));
}

async function removeConnections(deps: RemovalDeps, revokeTokens: boolean): Promise<readonly RemovalLeft[]> {
  const left: RemovalLeft[] = [];
  for (const { id, label } of deps.connections()) {
    const error = await attempt(() => deps.removeConnection(id, revokeTokens));
    if (error) left.push({ kind: 'connections', what: label, error });
  }
  return left;
}

/** The settings go last and only when nothing else is left: they say where the runs are. */
async function removeFiles(deps: RemovalDeps, runs: boolean): Promise<readonly RemovalLeft[]> {
  const { paths } = deps;
  const left: RemovalLeft[] = [];
  const remove = async (kind: DataKind, what: string, work: () => Promise<unknown>): Promise<void> => {
    const error = await attempt(work);
    if (error) left.push({ kind, what, error });
  };
  await remove('secrets', paths.connections, () => forgetLostSecrets(deps));
  if (runs)
    for (const folder of await runFolders(deps)) await remove('runs', folder, () => removeRun(deps, folder));
  for (const kind of ['protected-users', 'timeout-history'] as const)
    await remove(kind, paths[kind], () => rm(paths[kind], { recursive: true, force: true }));
  await remove('cache', '', deps.clearCache);
  await remove('log', paths.log, deps.removeLog);
  if (left.length === 0) await remove('connections', paths.connections, deps.removeConnectionsFile);
  if (left.length === 0) await remove('settings', paths.settings, deps.removeSettings);
  return left;
}

/** A record that is being written is somebody's only evidence. @throws AppFailure `run-active`, and what the disk throws */
async function removeRun({ isInUseElsewhere }: RemovalDeps, path: string): Promise<void> {
  const name = basename(path);
  if (TIMED_ID.test(name) && (await isInUseElsewhere(name)))
    throw failure('run-active', 'Another Tokendesk is at this run now.');
  await rm(path, { recursive: true });
}

/** Items of connections whose file was damaged once: the copy still has their ids. */
async function forgetLostSecrets({ paths, forgetSecrets }: RemovalDeps): Promise<void> {
  const ids = new Set<string>();
  for (const copy of await unreadableCopies(paths.connections)) {
    // A folder or a pipe that stood there once has no ids.
    const text = await readWhole(copy, MAX_COPY_BYTES).then(
      (bytes) => bytes.toString('utf8'),
      () => '',
    );
    for (const [, id] of text.matchAll(/"id"\s*:\s*"([\w-]{1,100})"/g))
      if (id !== undefined && ids.size < MAX_IDS) ids.add(id);
  }
  for (const id of ids) await forgetSecrets(id);
}

async function attempt(work: () => Promise<unknown>): Promise<AppError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AppFailure) return error.error;
    return failure('file-not-writable', reasonOf(error)).error;
  }
}
