import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPieces, readWhole } from './regular-file.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokendesk-regular-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('a small file takes little memory to read: a lock is read for each record of a journal', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, 'a process and its start');
  for await (const piece of readPieces(path, 1_000_000))
    // The pool that small buffers are cut from.
    expect(piece.buffer.byteLength).toBeLessThanOrEqual(Buffer.poolSize);
  expect((await readWhole(path, 1_000_000)).toString()).toBe('a process and its start');
});

test('a large file comes in pieces, and with what is added while it is read', async () => {
  const path = join(folder, 'list.csv');
  const before = 'x'.repeat(600_000);
  const added = 'y'.repeat(5_000);
  await writeFile(path, before);
  const pieces: Buffer[] = [];
  for await (const piece of readPieces(path, 1_000_000)) {
    if (pieces.length === 0) await appendFile(path, added);
    pieces.push(piece);
  }
  expect(pieces.length).toBeGreaterThan(3);
  expect(Buffer.concat(pieces).toString()).toBe(before + added);
});
