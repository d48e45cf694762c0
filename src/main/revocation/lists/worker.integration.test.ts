import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../clock.ts';
import { AppFailure } from '../../failure.ts';
import { honestBomb, lyingBomb, plainWorkbook } from './fixtures/bombs.ts';
import { Lists } from './lists.ts';
import { createWorkerReader } from './worker-reader.ts';

// The worker as it is shipped: built, since Node starts none from TypeScript.
let folder = '';
let path = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokendesk-worker-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(import.meta.dirname, 'worker.ts'), outDir: folder, target: 'node20.19' },
  });
  path = join(folder, 'worker.js');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const open = (): Lists => {
  let seed = 1;
  return new Lists({
    random: () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647,
    read: createWorkerReader(path),
    clock: systemClock,
    onProgress: () => undefined,
  });
};

const failureOf = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
  } catch (error) {
    if (error instanceof AppFailure) return error.error.code;
    throw error;
  }
  return 'read';
};

/** Turns of main's event loop while a list is read. Read by main itself, there are two or three. */
const SOME_TURNS = 20;

/**
 * What an act ends with, and how often main's event loop went round meanwhile, up to `SOME_TURNS`: it says on any machine
 * that main goes on. To count further would keep a core busy and say no more.
 */
async function withTurns<T>(act: Promise<T>): Promise<readonly [T, number]> {
  let turns = 0;
  let next = setImmediate(function turn() {
    turns += 1;
    if (turns < SOME_TURNS) next = setImmediate(turn);
  });
  try {
    return [await act, turns];
  } finally {
    clearImmediate(next);
  }
}

const MB = 1024 * 1024;
const fill = (unit: string, size: number): string => unit.repeat(Math.floor(size / unit.length));

describe('the reader in its worker', () => {
  it('reads a list, and another after it', async () => {
    const lists = open();
    const { listId } = await lists.fromText('Name;Mail\nAnn;a@x.org\nBob;b@x.org');
    await lists.fromBytes('two.csv', Buffer.from('c@x.org'));
    expect((await lists.identifiers(listId, 1)).map(({ key }) => key)).toEqual(['a@x.org', 'b@x.org']);
  });

  it('passes on why a list cannot be read', async () => {
    expect(await failureOf(open().fromText('  '))).toBe('nothing-selected');
    expect(await failureOf(open().fromBytes('x', Buffer.from('89504e470d0a1a0a00', 'hex')))).toBe(
      'file-unreadable',
    );
  });

  it('is ended by cancelling, at once', async () => {
    const lists = open();
    const reading = failureOf(lists.fromText(fill('a@x.org;b@x.org;"x"\n', 19 * MB)));
    setImmediate(() => {
      lists.cancel();
    });
    expect(await reading).toBe('cancelled');
  });

  it.each([
    ['commas', fill(',', 20 * MB - 1), 'file-too-large'],
    ['quotes and commas', fill('",', 20 * MB - 1), 'file-too-large'],
    ['quoted names', fill('"a" <', 5 * MB), 'file-unreadable'],
    ['quotes', fill('"', 2 * MB), 'file-unreadable'],
    ['quotes in lines', fill('"a\n', MB / 4), 'read'],
    [
      'a million columns',
      `${Array.from({ length: 1_000_000 }, (_, n) => `c${n}`).join(',')}\na@x.org`,
      'file-too-large',
    ],
    ['at signs', fill('@', 2 * MB), 'file-unreadable'],
    ['brackets', fill('[', 2 * MB), 'file-unreadable'],
    ['nested JSON', `${fill('[', MB)}${fill(']', MB)}`, 'file-unreadable'],
    ['blanks', `a@x.org${fill(' ', 20 * MB - 10)}`, 'read'],
    ['markup', fill('<td><a href="mailto:', 2 * MB), 'file-unreadable'],
    ['open tags', fill('<p ', 2 * MB), 'file-unreadable'],
    ['dashes', fill('-', 2 * MB), 'file-unreadable'],
    ['words', fill('and ', 2 * MB), 'file-unreadable'],
    ['labels', fill('a: ', 2 * MB), 'file-unreadable'],
    ['short lines', fill('a\n', 200_000), 'read'],
    ['rows of a thousand cells', fill(`${',x'.repeat(999)}\n`, MB), 'read'],
  ])(
    'ends with an answer or a clear error, and main goes on: %s',
    async (_name, text, expected) => {
      const lists = open();
      const [outcome, turns] = await withTurns(failureOf(lists.fromText(text)));
      expect(outcome).toBe(expected);
      expect(turns).toBe(SOME_TURNS);
    },
    130_000,
  );

  it('reads the workbook that the bombs are made of', async () => {
    const lists = open();
    const { listId } = await lists.fromBytes('plain.xlsx', plainWorkbook());
    expect((await lists.identifiers(listId, 0)).map(({ key }) => key)).toEqual(['a@x.org']);
  });

  it.each([
    ['that says it becomes 600 MB', honestBomb, 'file-too-large'],
    ['that says nothing of its 600 MB', lyingBomb, 'file-unreadable'],
  ])(
    'ends a workbook with a clear error, and main goes on: %s',
    async (_name, make, expected) => {
      const bytes = make();
      expect(bytes.length).toBeLessThan(20 * MB);
      const [outcome, turns] = await withTurns(failureOf(open().fromBytes('bomb.xlsx', bytes)));
      expect(outcome).toBe(expected);
      expect(turns).toBe(SOME_TURNS);
    },
    130_000,
  );

  it('keeps 64 MB of many large lists', async () => {
    const lists = open();
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const { listId } = await lists.fromText(fill(`u${n}@x.org;${'x'.repeat(900)}\n`, 14 * MB));
      ids.push(listId);
    }
    const first = await failureOf(lists.identifiers(ids[0] ?? '', 0));
    const last = await failureOf(lists.identifiers(ids[5] ?? '', 0));
    expect([first, last]).toEqual(['no-such-item', 'read']);
  }, 130_000);
});
