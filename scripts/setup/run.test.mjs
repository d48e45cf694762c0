import { mkdtempSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alone } from './lock.mjs';
import { run, withoutHosts } from './run.mjs';

describe('a command', () => {
  it('says its last words only when asked, without the servers it spoke to', async () => {
    const script = 'console.log("GET https://packages.example:8443/x"); process.exitCode = 3';
    expect(await run([process.execPath, '-e', script])).toEqual({
      ok: false,
      output: 'GET https://…/x',
      stalled: false,
    });
  });

  it('that does not exist is a failure, not an exception', async () => {
    expect((await run(['no-such-program'])).ok).toBe(false);
  });

  it('is ended at its limit', async () => {
    const server = createServer().listen(0); // something that never ends by itself
    const script = `require('net').connect(${server.address().port})`;
    expect((await run([process.execPath, '-e', script], { limitMs: 200 })).ok).toBe(false);
    server.close();
  });

  it.each([
    ['request to http://user@host/a failed', 'request to http://…/a failed'],
    ['getaddrinfo ENOTFOUND packages.example', 'getaddrinfo ENOTFOUND …'],
    ['connect ECONNREFUSED 10.0.0.1:443', 'connect ECONNREFUSED …'],
    ['nothing to hide', 'nothing to hide'],
  ])('%s', (text, expected) => {
    expect(withoutHosts(text)).toBe(expected);
  });
});

describe('two set-ups at once', () => {
  let folder;
  let file;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'setup-lock-'));
    file = join(folder, 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('work one after the other, also after one that fails', async () => {
    const log = [];
    const waits = [];
    const job = (name, fails) =>
      alone(file, {
        onWait: () => waits.push(name),
        work: async () => {
          log.push(`${name} begins`);
          await new Promise((resolve) => setImmediate(resolve));
          log.push(`${name} ends`);
          if (fails) throw new Error('failed');
        },
      });
    const results = await Promise.allSettled([job('first', true), job('second', false)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(waits).toEqual(['second']);
    expect(existsSync(file)).toBe(false);
  });

  it('do not wait for one that was killed', async () => {
    const { pid } = await ended();
    writeFileSync(file, String(pid));
    expect(await alone(file, { onWait: () => {}, work: async () => 'done' })).toBe('done');
  });

  it('do not wait for ever', async () => {
    writeFileSync(file, String(process.pid));
    const late = alone(file, { onWait: () => {}, work: async () => 'done', waitMs: 0 });
    await expect(late).rejects.toThrow('running for too long');
  });
});

/** A process that has just ended. */
async function ended() {
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.on('exit', resolve));
  return child;
}
