import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { NO_COUNTS, type OutcomeRow, type RunSummary } from '../../../shared/run.ts';
import { installFakeBridge } from '../testing/fake-bridge.ts';
import { sampleAbout, sampleProgress } from '../testing/samples.ts';
import { useCurrentRunStore } from './current-run.ts';
import { useRunsStore } from './runs.ts';

const run = { runId: '20260105-090000-k5ksa810db', counts: { ...NO_COUNTS, revoked: 3 } };

const row = (index: number, outcome: OutcomeRow['outcome'] = 'revoked'): OutcomeRow => ({
  index,
  userId: null,
  name: `User ${index}`,
  email: null,
  input: `${index}`,
  outcome,
  note: null,
  attempts: 1,
  status: 200,
  at: null,
  correlationId: null,
});
const ROWS = [row(0), row(1), row(2)];

/** A stored report of which main tells two rows at once, and the whole when `answer` is called. */
async function opened() {
  let answer = (_whole: Result<readonly OutcomeRow[]>): void => undefined;
  const whole = new Promise<Result<readonly OutcomeRow[]>>((resolve) => (answer = resolve));
  const bridge = installFakeBridge({
    'runs.firstOutcomes': () => ok(ROWS.slice(0, 2)),
    'runs.outcomes': () => whole,
    'runs.list': () => ok([]),
  });
  const runs = useRunsStore();
  const loading = runs.loadOutcomes(run);
  await Promise.resolve(); // the first answer
  await Promise.resolve();
  const askedForList = () => bridge.calls.some(({ name }) => name === 'runs.list');
  return { runs, loading, answer, askedForList };
}

beforeEach(() => setActivePinia(createPinia()));

describe('the report of a stored run', () => {
  it('shows its first rows while the record is checked, and says so', async () => {
    const { runs, loading, answer, askedForList } = await opened();
    expect(runs.outcomes).toEqual(ROWS.slice(0, 2));
    expect(runs.checkingRecord).toBe(true);
    expect(runs.hasOutcomesOf(run)).toBe(false);
    answer(ok(ROWS));
    await loading;
    expect(runs.outcomes).toEqual(ROWS);
    expect(runs.checkingRecord).toBe(false);
    expect(runs.hasOutcomesOf(run)).toBe(true);
    expect(askedForList()).toBe(false);
  });

  it('keeps none of them when the record turns out to be damaged', async () => {
    const { runs, loading, answer, askedForList } = await opened();
    answer(failed({ code: 'journal-damaged', message: 'The plan of this run was changed.' }));
    await loading;
    expect(runs.outcomes).toEqual([]);
    expect(runs.checkingRecord).toBe(false);
    expect(runs.reportError?.code).toBe('journal-damaged');
    expect(askedForList()).toBe(true);
  });

  it('asks what has happened to a record that says something else than when it was listed', async () => {
    const { runs, loading, answer, askedForList } = await opened();
    answer(ok([row(0), row(1), row(2, 'not-attempted')]));
    await loading;
    expect(runs.outcomes[2]?.outcome).toBe('not-attempted');
    expect(askedForList()).toBe(true);
  });
});

describe('the list of runs', () => {
  const listed = { ...sampleAbout, runId: 'r-1', state: { kind: 'running' } } as RunSummary;
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

  it('is read anew when a run begins, ends or stands, wherever the person is, and not for its progress', async () => {
    const bridge = installFakeBridge({ 'runs.list': () => ok([]) });
    const asked = () => bridge.calls.filter(({ name }) => name === 'runs.list').length;
    useCurrentRunStore();
    const runs = useRunsStore();
    bridge.emit('run.progress', sampleProgress);
    await turn();
    expect(asked()).toBe(0); // nobody has looked at it yet
    await runs.refresh();
    bridge.emit('run.progress', { ...sampleProgress, runId: 'r-2' });
    await turn();
    expect(asked()).toBe(2);
    bridge.emit('run.progress', { ...sampleProgress, runId: 'r-2', inFlight: 5 });
    await turn();
    expect(asked()).toBe(2);
    bridge.emit('run.progress', {
      ...sampleProgress,
      runId: 'r-2',
      state: { kind: 'finished', at: '2026-11-27T12:00:00Z' },
    });
    await turn();
    expect(asked()).toBe(3);
  });

  it.each(['close', 'remove'] as const)(
    'is not set back by an asking that was under way when it changed: %s',
    async (change) => {
      const answers: ((list: readonly RunSummary[]) => void)[] = [];
      installFakeBridge({
        'runs.list': async () =>
          ok(await new Promise<readonly RunSummary[]>((resolve) => answers.push(resolve))),
        'runs.close': () => ok([]),
        'runs.delete': () => ok([]),
      });
      const runs = useRunsStore();
      const before = runs.refresh();
      await (change === 'close' ? runs.close('r-1', '') : runs.remove('r-1'));
      expect(runs.runs).toEqual([]);
      answers[0]?.([listed]);
      await before;
      expect(runs.runs).toEqual([]);
      expect(runs.loading).toBe(true); // what else has changed meanwhile is asked for
      answers[1]?.([]);
      await turn();
      expect(runs.loading).toBe(false);
    },
  );

  it('is what the last of several askings told, whichever answer comes last', async () => {
    const answers: ((list: readonly RunSummary[]) => void)[] = [];
    installFakeBridge({
      'runs.list': async () =>
        ok(await new Promise<readonly RunSummary[]>((resolve) => answers.push(resolve))),
    });
    const runs = useRunsStore();
    const both = Promise.all([runs.refresh(), runs.refresh()]);
    answers[1]?.([listed]);
    await turn();
    expect(runs.loading).toBe(false);
    answers[0]?.([]);
    await both;
    expect(runs.runs).toEqual([listed]);
  });
});
