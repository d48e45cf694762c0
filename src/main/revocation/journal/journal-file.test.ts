import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournalFile } from './journal-file.ts';
import { diskErrorMessage } from './disk-errors.ts';
import type { JournalFile } from './writer.ts';

let above = '';
let folder = '';
beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'journal-file-'));
  folder = join(above, 'runs', 'run-1');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'plan.jsonl'), 'the plan\n'.repeat(100_000));
  await writeFile(join(folder, 'lock'), 'the lock');
});
afterEach(() => rm(above, { recursive: true, force: true }));

/** With two lines that are on the disk for good, and one that is only written. */
async function open(): Promise<JournalFile> {
  const file = await openJournalFile(folder);
  await file.recover(0);
  await file.append(Buffer.from('one\ntwo\n'));
  await file.sync();
  await file.append(Buffer.from('three\n'));
  return file;
}
const LENGTH = 'one\ntwo\nthree\n'.length;
const journal = () => readFile(join(folder, 'journal.jsonl'), 'utf8');

describe.skipIf(process.platform === 'win32')('a folder that goes away while its journal is open', () => {
  it('removed: the sync says so, and the folder is put back as it was, with nothing lost', async () => {
    const file = await open();
    await rm(join(above, 'runs'), { recursive: true });
    await expect(file.sync()).rejects.toThrow("The run's folder was removed.");
    await file.recover(LENGTH);
    await file.append(Buffer.from('four\n'));
    await file.sync();
    expect(await journal()).toBe('one\ntwo\nthree\nfour\n');
    expect(await readFile(join(folder, 'plan.jsonl'), 'utf8')).toBe('the plan\n'.repeat(100_000));
    expect((await readdir(folder)).sort()).toEqual(['journal.jsonl', 'lock', 'plan.jsonl']);
    // And again: what was put back is held as the first was.
    await rm(above, { recursive: true });
    await file.recover(LENGTH + 5);
    await file.sync();
    expect(await journal()).toBe('one\ntwo\nthree\nfour\n');
    await file.close();
  });

  it('removed, and the place cannot be written: it stays as it is, and a later try succeeds', async () => {
    const file = await open();
    await rm(join(above, 'runs'), { recursive: true });
    await writeFile(join(above, 'runs'), 'a file where the folder should be');
    await expect(file.recover(LENGTH)).rejects.toThrow();
    await rm(join(above, 'runs'));
    await file.recover(LENGTH);
    expect(await journal()).toBe('one\ntwo\nthree\n');
    await file.close();
  });

  it('moved: there must not be two of it, so it waits until the folder is back', async () => {
    const file = await open();
    await rename(join(above, 'runs'), join(above, 'elsewhere'));
    await expect(file.sync()).rejects.toThrow("The run's folder was moved.");
    await expect(file.recover(LENGTH)).rejects.toThrow("The run's folder was moved.");
    expect(await readdir(above)).toEqual(['elsewhere']);
    await rename(join(above, 'elsewhere'), join(above, 'runs'));
    await file.recover(LENGTH);
    await file.sync();
    expect(await journal()).toBe('one\ntwo\nthree\n');
    await file.close();
  });

  it('replaced: what somebody put there is not overwritten', async () => {
    const file = await open();
    const path = join(folder, 'journal.jsonl');
    await rm(path);
    await writeFile(path, 'of somebody else');
    await expect(file.recover(LENGTH)).rejects.toThrow('Another file stands where the journal was.');
    expect(await journal()).toBe('of somebody else');
    await file.close();
  });
});

it('cuts off what a failed write left behind', async () => {
  const file = await open();
  await file.recover('one\ntwo\n'.length);
  await file.append(Buffer.from('new\n'));
  await file.close();
  expect(await journal()).toBe('one\ntwo\nnew\n');
});

it.each([
  ['ENOSPC', 'The disk is full.'],
  ['EACCES', 'There is no permission to write.'],
  ['EFBIG', 'The disk failed (EFBIG).'],
])('says what %s means, and names no path', (code, sentence) => {
  expect(diskErrorMessage(Object.assign(new Error(`${code}: open '/home/x'`), { code }))).toBe(sentence);
});
