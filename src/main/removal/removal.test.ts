import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../shared/connection.ts';
import { failure } from '../failure.ts';
import { createRemoval, type RemovalDeps } from './removal.ts';

const RUN = '20261120-080000-abcdef0123';
const ALL = { confirmation: 'REMOVE EVERYTHING', revokeTokens: false, runs: true } as const;

const connection = (id: string): Connection => ({
  id,
  label: `Label of ${id}`,
  method: 'access-token',
  region: { kind: 'genesys', id: 'eu-central-1' },
  clientId: null,
  organization: { id: 'org-1', name: 'Acme' },
  createdAt: '2026-11-20T08:00:00Z',
});

let folder = '';
let connections: readonly Connection[] = [];
let asked: string[] = [];
const path = (name: string): string => join(folder, name);

const create = (over: Partial<RemovalDeps> = {}) =>
  createRemoval({
    paths: {
      settings: path('settings.json'),
      connections: path('connections.json'),
      log: path('logs'),
      'timeout-history': path('timeout-history'),
      'protected-users': path('protected-users'),
    },
    runsFolder: () => path('runs'),
    isRunning: () => false,
    isInUseElsewhere: () => Promise.resolve(false),
    connections: () => connections,
    removeConnection: (id, revokeToken) => {
      asked.push(`${id}${revokeToken ? ' with its token' : ''}`);
      connections = connections.filter((one) => one.id !== id);
      return Promise.resolve();
    },
    forgetSecrets: (id) => Promise.resolve(void asked.push(`secrets of ${id}`)),
    removeConnectionsFile: () => rm(path('connections.json')),
    removeSettings: () => rm(path('settings.json')),
    removeLog: () => rm(path('logs'), { recursive: true, force: true }),
    clearCache: () => Promise.resolve(void asked.push('cache')),
    ...over,
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokendesk-removal-'));
  connections = ['c-1', 'c-2'].map(connection);
  asked = [];
  for (const name of ['logs', 'timeout-history', 'protected-users', `runs/${RUN}`])
    await mkdir(path(name), { recursive: true });
  for (const name of ['settings.json', 'connections.json', 'logs/tokendesk.log', `runs/${RUN}/journal.jsonl`])
    await writeFile(path(name), '{}');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('removing everything', () => {
  it('leaves nothing', async () => {
    expect(await create().remove(ALL)).toEqual({ left: [], untouched: [], keptRuns: null });
    expect(asked).toEqual(['c-1', 'c-2', 'cache']);
    expect(await readdir(folder)).toEqual(['runs']);
    expect(await readdir(path('runs'))).toEqual([]);
  });

  it('keeps the runs, which are evidence, unless they are asked for', async () => {
    expect(await create().remove({ ...ALL, runs: false })).toEqual({
      left: [],
      untouched: [],
      keptRuns: path('runs'),
    });
    expect(await readdir(folder)).toEqual(['runs']);
    expect(await readdir(path('runs'))).toEqual([RUN]);
  });

  it('touches nothing in the folder of runs that is no run', async () => {
    await writeFile(path('runs/family.jpg'), '');
    await mkdir(path('runs/taxes'));
    // The record of a leaked token is evidence as a run is, and goes with them.
    await writeFile(path('runs/leaked-token-20261126-090507-aaaaaaaaaa.json'), '{}');
    await create().remove(ALL);
    expect((await readdir(path('runs'))).sort()).toEqual(['family.jpg', 'taxes']);
  });

  it('ends the tokens first when asked', async () => {
    await create().remove({ ...ALL, revokeTokens: true });
    expect(asked.slice(0, 2)).toEqual(['c-1 with its token', 'c-2 with its token']);
  });

  it.each(['', 'remove everything', 'REMOVE'])(
    'does nothing for the confirmation %j',
    async (confirmation) => {
      await expect(create().remove({ ...ALL, confirmation })).rejects.toMatchObject({
        error: { code: 'confirmation-needed' },
      });
      expect(asked).toEqual([]);
    },
  );

  it('does nothing while a run goes on', async () => {
    const removal = create({ isRunning: () => true });
    await expect(removal.remove(ALL)).rejects.toMatchObject({ error: { code: 'run-active' } });
    expect(asked).toEqual([]);
    expect(await readdir(folder)).toHaveLength(6);
  });

  it('leaves the record that another Tokendesk writes, and names it', async () => {
    const OTHER = '20261120-090000-abcdef0123';
    await mkdir(path(`runs/${OTHER}`));
    const removal = create({ isInUseElsewhere: (runId) => Promise.resolve(runId === RUN) });
    const { left, untouched } = await removal.remove(ALL);
    expect(left).toMatchObject([{ kind: 'runs', what: path(`runs/${RUN}`), error: { code: 'run-active' } }]);
    // They say where the runs are.
    expect(untouched).toEqual(['settings']);
    expect(await readdir(path('runs'))).toEqual([RUN]);
    expect((await create().remove(ALL)).left).toEqual([]);
  });

  it('touches no file while a connection is left, and names it', async () => {
    const removal = create({
      removeConnection: (id) => {
        if (id === 'c-2') return Promise.reject(failure('offline', 'No route to the host.'));
        connections = connections.filter((one) => one.id !== id);
        return Promise.resolve();
      },
    });
    const { left, untouched } = await removal.remove({ ...ALL, revokeTokens: true });
    expect(untouched).toEqual(['protected-users', 'timeout-history', 'log', 'cache', 'runs', 'settings']);
    expect(left).toEqual([
      {
        kind: 'connections',
        what: 'Label of c-2',
        error: { code: 'offline', message: 'No route to the host.' },
      },
    ]);
    expect(await readdir(folder)).toHaveLength(6);
    expect((await create().remove(ALL)).left).toEqual([]);
  });

  it('names each thing that is left, removes the others, and keeps the settings until the end', async () => {
    const removal = create({
      removeLog: () => Promise.reject(new Error('EBUSY: logs')),
      clearCache: () => Promise.reject(new Error('no cache')),
    });
    const { left, untouched } = await removal.remove(ALL);
    expect(untouched).toEqual(['settings']);
    expect(left.map(({ kind, what, error }) => [kind, what, error.message])).toEqual([
      ['cache', '', 'no cache'],
      ['log', path('logs'), 'EBUSY: logs'],
    ]);
    expect((await readdir(folder)).sort()).toEqual(['connections.json', 'logs', 'runs', 'settings.json']);
    expect((await create().remove(ALL)).left).toEqual([]);
    expect(await readdir(folder)).toEqual(['runs']);
  });

  it('finds the secrets of connections whose file was damaged once', async () => {
    await writeFile(
      path('connections.json.unreadable-2026-01-02'),
      '{"connections": [{"id": "lost-1"}, {"id": "lo',
    );
    await create().remove(ALL);
    expect(asked).toContain('secrets of lost-1');
    const stuck = create({ forgetSecrets: () => Promise.reject(failure('keychain-locked', 'Locked.')) });
    const { left } = await stuck.remove(ALL);
    expect(left).toMatchObject([{ kind: 'secrets', error: { code: 'keychain-locked' } }]);
  });

  it('says what is where', async () => {
    const places = await create().places();
    expect(places.find(({ kind }) => kind === 'runs')).toEqual({
      kind: 'runs',
      path: path('runs'),
      items: 1,
    });
    expect(places.find(({ kind }) => kind === 'connections')?.items).toBe(2);
    expect(places.map(({ kind }) => kind).sort()).toEqual(
      [
        'cache',
        'connections',
        'log',
        'protected-users',
        'runs',
        'secrets',
        'settings',
        'timeout-history',
      ].sort(),
    );
  });
});
