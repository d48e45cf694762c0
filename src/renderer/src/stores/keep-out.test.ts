import { createPinia, setActivePinia } from 'pinia';
import { expect, it } from 'vitest';
import type { KeepOutSummary } from '../../../shared/keep-out.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { installFakeBridge } from '../testing/fake-bridge.ts';
import { useKeepOutStore } from './keep-out.ts';

const summary = (keepOutId: string, kind: 'running' | 'cancelled', returns: number): KeepOutSummary =>
  ({
    keepOutId,
    runId: 'run-1',
    state: { kind },
    returns,
    about: { createdAt: '2026-11-21T12:00:00Z' },
  }) as unknown as KeepOutSummary;

it('what main has told since is newer than an answer, of those whom it told about', async () => {
  setActivePinia(createPinia());
  let answer: (result: Result<readonly KeepOutSummary[]>) => void = () => undefined;
  const bridge = installFakeBridge({
    'keepOut.all': () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
    'keepOut.stop': async () => {
      await Promise.resolve();
      bridge.emit('keepOut.changed', summary('one', 'cancelled', 3));
      return ok(summary('one', 'running', 2));
    },
  });
  const store = useKeepOutStore();
  await store.stop({ runId: 'run-1', keepOutId: 'one' });
  expect(store.all).toEqual([summary('one', 'cancelled', 3)]);
  const loaded = store.loadAll();
  bridge.emit('keepOut.changed', summary('one', 'cancelled', 4));
  answer(ok([summary('one', 'cancelled', 3), summary('two', 'cancelled', 1)]));
  await loaded;
  expect(store.all).toEqual(
    expect.arrayContaining([summary('one', 'cancelled', 4), summary('two', 'cancelled', 1)]),
  );
});
