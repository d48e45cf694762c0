import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { repairPage } from './repair-page.ts';

function setUp() {
  let now = 0;
  const done: string[] = [];
  const contents = Object.assign(new EventEmitter(), { reload: () => done.push('reload') });
  repairPage(contents as unknown as Parameters<typeof repairPage>[0], {
    onGone: (reason) => done.push(reason),
    giveUp: (error) => done.push(error.message),
    now: () => now,
  });
  return {
    done,
    gone: (reason: string, at: number) => {
      now = at;
      contents.emit('render-process-gone', {}, { reason, exitCode: 1 });
    },
    failed: (code: number, isMainFrame = true) =>
      contents.emit('did-fail-load', {}, code, 'ERR_FILE_NOT_FOUND', 'app://bundle/', isMainFrame),
  };
}

describe('a page whose process is gone', () => {
  it('is loaded anew, and given up when it ends again and again within a minute', () => {
    const { done, gone } = setUp();
    gone('crashed', 0);
    gone('oom', 1_000);
    gone('killed', 2_000);
    expect(done).toEqual(['crashed', 'reload', 'oom', 'reload', 'killed', 'reload']);
    gone('crashed', 3_000);
    expect(done.slice(6)).toEqual(['crashed', 'The window’s page ended again and again (crashed).']);
  });

  it('may end now and then for as long as the app runs', () => {
    const { done, gone } = setUp();
    for (let n = 0; n < 20; n += 1) gone('crashed', n * 30_000);
    expect(done.filter((what) => what === 'reload')).toHaveLength(20);
  });

  it('is left alone when it ended in order', () => {
    const { done, gone } = setUp();
    gone('clean-exit', 0);
    expect(done).toEqual([]);
  });
});

describe('a page that cannot be loaded', () => {
  it('is given up with the reason', () => {
    const { done, failed } = setUp();
    failed(-6);
    expect(done).toEqual(['The window’s page could not be loaded (ERR_FILE_NOT_FOUND).']);
  });

  it('a refused navigation and a frame are no such thing', () => {
    const { done, failed } = setUp();
    failed(-3);
    failed(-6, false);
    expect(done).toEqual([]);
  });
});
