import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { PowerMonitor } from 'electron';
import { expect, it } from 'vitest';
import type { TokenDetails } from '../../shared/connection.ts';
import { followSleep } from './sleep.ts';

function setUp(refresh: () => Promise<TokenDetails>) {
  const computer = new EventEmitter();
  const did: string[] = [];
  let now = 0;
  followSleep({
    powerMonitor: computer as unknown as PowerMonitor,
    revocation: { computerSleeps: () => did.push('sleep'), computerWakes: () => did.push('wake') },
    session: {
      refresh: () => {
        did.push('look at the token');
        return refresh();
      },
    },
    now: () => now,
  });
  const sleep = async (ms: number): Promise<readonly string[]> => {
    computer.emit('suspend');
    now += ms;
    computer.emit('resume');
    await turn();
    return did.splice(0);
  };
  return { computer, did, sleep };
}

it('looks at the token after a long sleep, before the run goes on, whatever the answer is', async () => {
  const { sleep } = setUp(() => Promise.reject(new Error('offline')));
  expect(await sleep(8 * 3_600_000)).toEqual(['sleep', 'look at the token', 'wake']);
});

it('a short sleep changes nothing for the token, and neither does a clock that was set back', async () => {
  const { sleep } = setUp(() => Promise.reject(new Error('not asked')));
  expect(await sleep(5_000)).toEqual(['sleep', 'wake']);
  expect(await sleep(-3_600_000)).toEqual(['sleep', 'wake']);
});

it('the run waits for that look', async () => {
  let answer = (): void => undefined;
  const { sleep, did } = setUp(
    () => new Promise((_, reject) => (answer = () => reject(new Error('signed out')))),
  );
  expect(await sleep(120_000)).toEqual(['sleep', 'look at the token']);
  answer();
  await turn();
  expect(did).toEqual(['wake']);
});

it('a waking that nobody announced is no sleep', async () => {
  const { computer, did } = setUp(() => Promise.reject(new Error('not asked')));
  computer.emit('resume');
  await turn();
  expect(did).toEqual(['wake']);
});
