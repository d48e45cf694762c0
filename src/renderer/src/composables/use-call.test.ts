import { expect, test } from 'vitest';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { installFakeBridge } from '../testing/fake-bridge.ts';
import { useAnswer, useCall } from './use-call.ts';

const counts = { active: 3, inactive: 1 };
/** An answer that comes when the test says so. */
function late() {
  let resolve = (_result: Result<string>): void => undefined;
  const promise = new Promise<Result<string>>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: (result: Result<string>) => resolve(result) };
}
const stateOf = ({ busy, error, data }: ReturnType<typeof useAnswer<string>>) => ({
  busy: busy.value,
  error: error.value?.code ?? null,
  data: data.value,
});

test('a call is busy until its answer is there, and hands it back', async () => {
  installFakeBridge({ 'directory.counts': () => ok(counts) });
  const { busy, data, error, run } = useCall('directory.counts');
  const asked = run(null);
  expect(busy.value).toBe(true);
  expect(await asked).toEqual(counts);
  expect([busy.value, data.value, error.value]).toEqual([false, counts, null]);
});

test('what went wrong is kept until the next question; the last answer stays', async () => {
  const answer = useAnswer<string>();
  await answer.take(Promise.resolve(ok('one')));
  expect(await answer.take(Promise.resolve(failed({ code: 'offline', message: '' })))).toBeNull();
  expect(stateOf(answer)).toEqual({ busy: false, error: 'offline', data: 'one' });
  const next = late();
  const asked = answer.take(next.promise);
  expect(stateOf(answer)).toEqual({ busy: true, error: null, data: 'one' });
  next.resolve(ok('two'));
  expect(await asked).toBe('two');
});

test('a person who declines is no error and no answer', async () => {
  const answer = useAnswer<string>();
  expect(await answer.take(Promise.resolve(null))).toBeNull();
  expect(stateOf(answer)).toEqual({ busy: false, error: null, data: null });
});

test('an answer that a newer question has overtaken changes nothing', async () => {
  const answer = useAnswer<string>();
  const first = late();
  const overtaken = answer.take(first.promise);
  await answer.take(Promise.resolve(ok('newer')));
  first.resolve(ok('older'));
  expect(await overtaken).toBeNull();
  expect(stateOf(answer)).toEqual({ busy: false, error: null, data: 'newer' });
});

test('after a reset nothing is known, and an answer that is still due is passed over', async () => {
  const answer = useAnswer<string>();
  const due = late();
  const asked = answer.take(due.promise);
  answer.reset();
  due.resolve(failed({ code: 'offline', message: '' }));
  expect(await asked).toBeNull();
  expect(stateOf(answer)).toEqual({ busy: false, error: null, data: null });
});
