import { expect, it, vi } from 'vitest';
import { createExportedFiles } from './exported-files.ts';

const setUp = (problem = '') => {
  const shell = { showItemInFolder: vi.fn(), openPath: vi.fn(() => Promise.resolve(problem)) };
  let now = 0;
  // A second passes between two presses.
  const clock = { monotonic: () => (now += 1_000) };
  return { shell, clock, files: createExportedFiles(clock, shell) };
};
const code = (expected: string) =>
  expect.objectContaining({ error: expect.objectContaining({ code: expected }) as unknown }) as Error;

it('shows and opens what was exported', async () => {
  const { shell, files } = setUp();
  files.note('/home/ana/report.HTML');
  files.show('/home/ana/report.HTML');
  await files.open('/home/ana/report.HTML');
  expect(shell.showItemInFolder).toHaveBeenCalledExactlyOnceWith('/home/ana/report.HTML');
  expect(shell.openPath).toHaveBeenCalledExactlyOnceWith('/home/ana/report.HTML');
});

it('shows and opens nothing else, whatever the window asks for', async () => {
  const { shell, files } = setUp();
  files.note('/home/ana/report.csv');
  for (const path of ['/etc/passwd', '/home/ana/report.csv/../x.csv', '', 'report.csv']) {
    expect(() => files.show(path)).toThrow(code('no-such-item'));
    await expect(files.open(path)).rejects.toEqual(code('no-such-item'));
  }
  expect(shell.showItemInFolder).not.toHaveBeenCalled();
  expect(shell.openPath).not.toHaveBeenCalled();
});

it('opens no program, even when the person gave an export its name', async () => {
  const { shell, files } = setUp();
  for (const path of [
    '/home/ana/report.bat',
    '/home/ana/report.html.exe',
    '/home/ana/report',
    '/x.desktop',
  ]) {
    files.note(path);
    await expect(files.open(path)).rejects.toEqual(code('invalid-input'));
  }
  expect(shell.openPath).not.toHaveBeenCalled();
});

it('says what the system said, and forgets the oldest', async () => {
  const { files } = setUp('No application for it');
  files.note('/a.csv');
  await expect(files.open('/a.csv')).rejects.toEqual(code('file-unreadable'));
  for (let n = 0; n < 100; n += 1) files.note(`/${n}.csv`);
  expect(() => files.show('/a.csv')).toThrow(code('no-such-item'));
  expect(() => files.show('/0.csv')).not.toThrow();
});

it('brings up one program, however often a page asks', async () => {
  const { shell } = setUp();
  const files = createExportedFiles({ monotonic: () => 5 }, shell);
  files.note('/a.csv');
  for (let n = 0; n < 1_000; n += 1) await files.open('/a.csv');
  for (let n = 0; n < 1_000; n += 1) files.show('/a.csv');
  expect(shell.openPath).toHaveBeenCalledTimes(1);
  expect(shell.showItemInFolder).not.toHaveBeenCalled();
});
