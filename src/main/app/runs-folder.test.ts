import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../shared/run.ts';
import { createRunsFolder, type RunsThere } from './runs-folder.ts';

let place = '';
let chosen: string | null = null;
let running = false;
let runs: readonly Pick<RunSummary, 'state' | 'damage'>[] = [];
let settingsWork = true;

const create = () =>
  createRunsFolder({
    defaultPath: join(place, 'own'),
    chosen: () => chosen,
    choose: (path) => {
      if (!settingsWork) return Promise.reject(new Error('disk full'));
      chosen = path;
      return Promise.resolve();
    },
  });

const there: RunsThere = {
  isBusy: () => running,
  listRuns: () => Promise.resolve(runs as readonly RunSummary[]),
};

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'tokendesk-runs-'));
  chosen = null;
  running = false;
  runs = [];
  settingsWork = true;
});
afterEach(async () => {
  await rm(place, { recursive: true });
});

describe('the folder of runs', () => {
  it('is the app’s own until another is chosen, and again afterwards', async () => {
    const folder = create();
    expect(folder.read()).toEqual({ path: join(place, 'own'), isDefault: true });
    const evidence = join(place, 'shared', 'evidence');
    expect((await folder.change(evidence, there)).folder).toEqual({ path: evidence, isDefault: false });
    expect(create().path()).toBe(evidence);
    await folder.change(null, there);
    expect(chosen).toBeNull();
  });

  it('counts as nobody’s choice when the app’s own folder is chosen by name', async () => {
    await create().change(join(place, 'own'), there);
    expect(chosen).toBeNull();
  });

  it('leaves nothing behind from trying to write there', async () => {
    await create().change(join(place, 'evidence'), there);
    expect(await readdir(join(place, 'evidence'))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'takes the runs that are there already from other users, at the start and when it is chosen, and nothing else',
    async () => {
      const evidence = join(place, 'evidence');
      const runId = '20260105-090000-k5ksa810db';
      const modeOf = async (...names: string[]): Promise<number> =>
        (await stat(join(evidence, ...names))).mode & 0o777;
      const open = async (): Promise<void> => {
        for (const name of [runId, 'other']) {
          await mkdir(join(evidence, name), { recursive: true });
          await writeFile(join(evidence, name, 'journal.jsonl'), '');
          await chmod(join(evidence, name, 'journal.jsonl'), 0o644);
          await chmod(join(evidence, name), 0o755);
        }
        await chmod(evidence, 0o755);
      };
      const expectPrivate = async (): Promise<void> => {
        expect(await modeOf(runId)).toBe(0o700);
        expect(await modeOf(runId, 'journal.jsonl')).toBe(0o600);
        expect(await modeOf('other')).toBe(0o755);
        expect(await modeOf('other', 'journal.jsonl')).toBe(0o644);
        expect(await modeOf()).toBe(0o755);
      };
      await open();
      const folder = create();
      await folder.change(evidence, there);
      await expectPrivate();
      await open();
      await folder.keepPrivate();
      await expectPrivate();
    },
  );

  it('says what stays in the former one', async () => {
    runs = [
      { state: { kind: 'finished', at: '2026-11-20T08:00:00Z' }, damage: null },
      { state: { kind: 'interrupted' }, damage: null },
      { state: { kind: 'interrupted' }, damage: 'Line 3 is damaged.' },
    ];
    const { former } = await create().change(join(place, 'evidence'), there);
    expect(former).toEqual({ path: join(place, 'own'), runs: 3, resumable: 1 });
  });

  it.each([
    ['is a file', 'file'],
    ['lies in a file', 'file/below'],
  ])('is refused when it %s, and nothing has changed', async (_what, name) => {
    await writeFile(join(place, 'file'), '');
    await expect(create().change(join(place, name), there)).rejects.toMatchObject({
      error: { code: 'file-not-writable' },
    });
    expect(chosen).toBeNull();
  });

  it('is refused without its full path', async () => {
    await expect(create().change('evidence', there)).rejects.toMatchObject({
      error: { code: 'invalid-input' },
    });
  });

  it('is refused while a run goes on', async () => {
    running = true;
    await expect(create().change(join(place, 'evidence'), there)).rejects.toMatchObject({
      error: { code: 'run-active' },
    });
    expect(chosen).toBeNull();
    expect(await readdir(place)).toEqual([]);
  });

  it('stays what it was when the choice cannot be remembered', async () => {
    settingsWork = false;
    const folder = create();
    await expect(folder.change(join(place, 'evidence'), there)).rejects.toMatchObject({
      error: { code: 'file-not-writable' },
    });
    expect(folder.path()).toBe(join(place, 'own'));
  });

  it('is missed at the start when it is gone', async () => {
    chosen = join(place, 'stick');
    expect(await create().notice()).toContain(chosen);
    await mkdir(chosen);
    expect(await create().notice()).toBeNull();
    chosen = null;
    expect(await create().notice()).toBeNull();
  });
});
