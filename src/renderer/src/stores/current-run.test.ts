import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it } from 'vitest';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { NO_COUNTS, type RunProgress } from '../../../shared/run.ts';
import { installFakeBridge, type FakeBridge } from '../testing/fake-bridge.ts';
import { isOver } from '../domain/counts.ts';
import { useCurrentRunStore } from './current-run.ts';

const at = '2026-11-21T12:00:00Z';
const progress = (over: Partial<RunProgress>): RunProgress =>
  ({
    runId: 'run-1',
    state: { kind: 'running' },
    users: 120,
    inFlight: 0,
    counts: NO_COUNTS,
    ...over,
  }) as RunProgress;
/** Cancelled, and one call has no answer yet. */
const cancelled = progress({
  state: { kind: 'cancelled', at },
  inFlight: 1,
  counts: { ...NO_COUNTS, revoked: 104 },
});
const ended = progress({
  state: { kind: 'cancelled', at },
  counts: { ...NO_COUNTS, revoked: 105, 'not-attempted': 15 },
});

let bridge: FakeBridge;
let answer: (result: Result<RunProgress>) => void;
beforeEach(() => {
  setActivePinia(createPinia());
  bridge = installFakeBridge({
    'runs.cancel': () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  });
});

it('what main has told since a command was given is newer than the answer to it', async () => {
  const run = useCurrentRunStore();
  bridge.emit('run.progress', progress({}));
  const done = run.cancel();
  bridge.emit('run.progress', cancelled);
  bridge.emit('run.progress', ended);
  answer(ok(cancelled));
  await done;
  expect(run.progress).toEqual(ended);
  expect(run.active).toBe(false);
});

it('a refusal goes with the pause that it was about', async () => {
  const run = useCurrentRunStore();
  const paused = progress({ state: { kind: 'paused', reason: 'sign-in-needed', since: at, until: null } });
  bridge.emit('run.progress', paused);
  const done = run.cancel();
  answer(failed({ code: 'other-organization', message: 'Somebody else is signed in.' }));
  await done;
  bridge.emit('run.progress', { ...paused, inFlight: 1 });
  expect(run.error?.code).toBe('other-organization');
  bridge.emit('run.progress', progress({}));
  expect(run.error).toBe(null);
});

it('the answer is taken where main has told nothing, and a refusal is said', async () => {
  const run = useCurrentRunStore();
  bridge.emit('run.progress', progress({}));
  const done = run.cancel();
  answer(ok(cancelled));
  await done;
  expect(run.progress).toEqual(cancelled);
  const refused = run.cancel();
  answer(failed({ code: 'no-such-item', message: 'There is no such run.' }));
  await refused;
  expect(run.error?.code).toBe('no-such-item');
  expect(run.progress).toEqual(cancelled);
});

it('a start that is answered after its first progress does not set it back', () => {
  const run = useCurrentRunStore();
  const first = progress({ counts: { ...NO_COUNTS, revoked: 1 } });
  bridge.emit('run.progress', first);
  run.show(progress({}));
  expect(run.progress).toEqual(first);
});

it('a cancelled run is over when its last answer is here, and in sight until then', () => {
  const run = useCurrentRunStore();
  bridge.emit('run.progress', cancelled);
  expect(run.going).toEqual(cancelled);
  bridge.emit('run.progress', ended);
  expect(run.going).toBeNull();
  expect(isOver(cancelled)).toBe(false);
  expect(isOver(ended)).toBe(true);
});

it('the run that went on when the window opened is taken up, unless it has ended or main has told since', async () => {
  const answers = [ended, progress({}), progress({})];
  bridge = installFakeBridge({ 'runs.progress': () => ok(answers.shift() ?? ended) });
  const run = useCurrentRunStore();
  await run.begin('run-1');
  expect(run.progress).toBeNull();
  await run.begin('run-1');
  expect(run.going).toEqual(progress({}));
  bridge.emit('run.progress', cancelled);
  await run.begin('run-1');
  expect(run.going).toEqual(cancelled);
});

it('a run that was put away is not brought back by what main still tells of its end, but by going on', () => {
  const run = useCurrentRunStore();
  bridge.emit('run.progress', { ...cancelled, inFlight: 0 });
  run.dismiss();
  bridge.emit('run.progress', ended);
  expect(run.progress).toBeNull();
  bridge.emit('run.progress', progress({}));
  expect(run.progress).toEqual(progress({}));
  bridge.emit('run.progress', ended);
  expect(run.progress).toEqual(ended);
});
