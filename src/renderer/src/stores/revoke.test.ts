import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { ListColumn } from '../../../shared/list.ts';
import type { Connection, SessionState } from '../../../shared/connection.ts';
import type { EventName } from '../../../shared/events.ts';
import type { Bridge, CallName } from '../../../shared/ipc.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { NO_COUNTS, type RunProgress } from '../../../shared/run.ts';
import { useCurrentRunStore } from './current-run.ts';
import { failedKey, NO_OPTIONS, selectionOf, type Chosen } from '../domain/choice.ts';
import { useRecentChoicesStore } from './recent-choices.ts';
import { useRevokeStore } from './revoke.ts';
import { useSessionStore } from './session.ts';

const column = (index: number, name: string, emails: number): ListColumn => ({
  index,
  name,
  samples: [],
  ids: 0,
  emails,
  different: emails,
  unreadable: 0,
  empty: 0,
  meaning: 'unknown',
});
const preview = {
  listId: 'list-1',
  name: 'leavers.csv',
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  columns: [column(0, 'Name', 0), column(1, 'Email', 2)],
  identifierColumn: 1,
  rows: 3,
  format: 'table',
  tie: [],
  leftOut: [],
  leftOutCount: 0,
  leftOutUsers: { ids: 0, emails: 0 },
  sheets: [],
  sheet: null,
} as const;
const plan = {
  planId: 'plan-1',
  total: 1,
  revoke: 1,
  confirmationText: 'REVOKE 1',
  sources: [{ role: 'include', name: 'leavers.csv', users: 3 }],
};
const running = {
  runId: 'run-1',
  state: { kind: 'running' },
  users: 1,
  inFlight: 0,
  counts: NO_COUNTS,
  dryRun: false,
} as unknown as RunProgress;

type Answer = (input: never) => Promise<Result<unknown>> | Result<unknown>;
let answers: Partial<Record<CallName, Answer>>;
let asked: [CallName, unknown][];
let listeners: Map<EventName, (payload: never) => void>;

const tell = (name: EventName, payload: unknown): void => listeners.get(name)?.(payload as never);
const signedInTo = (id: string): SessionState =>
  ({ kind: 'signed-in', connection: { id, region: { kind: 'demo' } } as Connection }) as SessionState;

beforeEach(() => {
  answers = {
    'list.fromText': () => ok(preview),
    'plan.resolve': () => ok(plan),
    'plan.rows': () => ok([{ index: 0, decision: { kind: 'revoke' } }]),
    'runs.start': () => ok(running),
  };
  asked = [];
  listeners = new Map();
  const call = new Proxy({} as Bridge['call'], {
    get: (_, name: CallName) => (input: never) => {
      asked.push([name, input]);
      return Promise.resolve(answers[name]?.(input) ?? failed({ code: 'internal', message: name }));
    },
  });
  const on = new Proxy({} as Bridge['on'], {
    get: (_, name: EventName) => (listener: (payload: never) => void) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
  });
  Object.defineProperty(window, 'tokendesk', { value: { call, on }, configurable: true });
  setActivePinia(createPinia());
  useSessionStore().begin(signedInTo('c-1'), []);
});

async function withPlan() {
  const revoke = useRevokeStore();
  await revoke.readText();
  await revoke.resolve();
  return revoke;
}

describe('the review', () => {
  it('hands a decision to main, shows what it says, and forgets what was typed for the plan before', async () => {
    const revoke = await withPlan();
    const [row] = revoke.rows;
    revoke.confirmation = 'REVOKE 1';
    answers['plan.decide'] = () =>
      ok({ plan: { ...(revoke.plan as object), planId: 'plan-2', revoke: 0 }, keptBack: [0], rows: [] });
    await revoke.decideRows('keep-back', row ? [row] : []);
    expect(asked.find(([name]) => name === 'plan.decide')?.[1]).toMatchObject({
      decision: { kind: 'keep-back', rows: [[0, 1]] },
    });
    expect(revoke.rows[0]?.decision).toEqual({ kind: 'kept-back', reason: 'by-you', note: null });
    expect(revoke.plan?.planId).toBe('plan-2');
    expect(revoke.confirmation).toBe('');
  });

  it('changes nothing when main refuses, and says why', async () => {
    const revoke = await withPlan();
    const before = revoke.rows;
    answers['plan.decide'] = () => failed({ code: 'no-such-item', message: 'gone' });
    await revoke.decideRows('only', revoke.rows);
    expect(revoke.decisionError?.code).toBe('no-such-item');
    expect(revoke.rows).toBe(before);
  });

  it('can be taken up again with the choice it came from', async () => {
    const revoke = await withPlan();
    const [recent] = useRecentChoicesStore().choices;
    revoke.reset();
    expect(revoke.chosen).toEqual([]);
    if (recent) revoke.takeUp(recent);
    expect(revoke.selection).toEqual({
      include: [{ kind: 'list', listId: 'list-1', column: 1 }],
      exclude: [],
    });
    useSessionStore().begin(signedInTo('c-2'), []);
    expect(useRecentChoicesStore().choices).toEqual([]);
  });

  it('of one person begins anew with that person alone', async () => {
    const revoke = await withPlan();
    await revoke.reviewPerson({ id: 'u-1', name: 'Ana Lopez' });
    expect(asked.findLast(([name]) => name === 'plan.resolve')?.[1]).toEqual({
      include: [{ kind: 'user', id: 'u-1', name: 'Ana Lopez' }],
      exclude: [],
    });
    expect(revoke.step).toBe('review');
  });
});

describe('choosing', () => {
  it('goes from a list to a reviewed plan', async () => {
    const revoke = await withPlan();
    expect(revoke.step).toBe('review');
    expect(revoke.rows).toHaveLength(1);
    expect(asked.find(([name]) => name === 'plan.resolve')?.[1]).toEqual({
      include: [{ kind: 'list', listId: 'list-1', column: 1 }],
      exclude: [],
    });
  });

  it('selects nobody when a list has no column, or when there is no list', () => {
    const list = (role: Chosen['role'], column: number | null): Chosen => ({
      key: 1,
      role,
      source: { kind: 'list', preview, column },
      users: null,
    });
    expect(selectionOf([], NO_OPTIONS)).toBeNull();
    expect(selectionOf([list('include', null)], NO_OPTIONS)).toBeNull();
    expect(selectionOf([list('exclude', 1)], NO_OPTIONS)).toBeNull();
    expect(selectionOf([list('include', 1)], { ...NO_OPTIONS, noToken: 'since' })).toBeNull();
    expect(selectionOf([list('include', 1)], { ...NO_OPTIONS, onCall: true, yourself: true })).toMatchObject({
      keepBack: { noToken: null, onCall: true },
      includeYourself: true,
    });
  });

  it('shows on each source what it came to, and takes the same one only once', async () => {
    const revoke = await withPlan();
    expect(revoke.chosen[0]?.users).toBe(3);
    revoke.add({ kind: 'group', id: 'g', name: 'Night shift' }, 'include');
    revoke.add({ kind: 'group', id: 'g', name: 'Night shift' }, 'exclude');
    expect(revoke.chosen.map(({ role }) => role)).toEqual(['include', 'exclude']);
    expect(revoke.plan).toBeNull();
  });

  it('drops the plan when the column changes: what is reviewed is what will be revoked', async () => {
    const revoke = await withPlan();
    revoke.confirmation = 'REVOKE 1';
    const [list] = revoke.chosen;
    revoke.change(list?.key ?? 0, { source: { kind: 'list', preview, column: 0 } });
    expect(revoke.plan).toBeNull();
    expect(revoke.rows).toEqual([]);
    expect(revoke.confirmation).toBe('');
  });

  it('asks which column when the whole list names nobody', async () => {
    answers['list.fromText'] = () => ok({ ...preview, columns: [column(0, 'List', 0)], identifierColumn: 0 });
    const revoke = useRevokeStore();
    await revoke.readText();
    expect(revoke.chosen).toMatchObject([{ source: { kind: 'list', column: null } }]);
    expect(revoke.selection).toBeNull();
  });

  it('keeps the list when looking up fails', async () => {
    answers['plan.resolve'] = () => failed({ code: 'offline', message: 'no network' });
    const revoke = await withPlan();
    expect(revoke.planError?.code).toBe('offline');
    expect(revoke.chosen).toHaveLength(1);
    expect(revoke.step).toBe('who');
  });

  it('marks the source that a lookup failed at, until the choice is another', async () => {
    answers['plan.resolve'] = () =>
      failed({ code: 'not-found', message: 'no group', source: { role: 'exclude', index: 1 } });
    const revoke = useRevokeStore();
    await revoke.readText();
    for (const [id, role] of [
      ['a', 'exclude'],
      ['b', 'include'],
      ['c', 'exclude'],
    ] as const)
      revoke.add({ kind: 'group', id, name: id }, role);
    await revoke.resolve();
    const failing = revoke.chosen.find(({ key }) => key === failedKey(revoke.chosen, revoke.planError));
    expect(failing?.source).toMatchObject({ id: 'c' });
    revoke.change(failing!.key, null);
    expect(failedKey(revoke.chosen, revoke.planError)).toBeNull();
    expect(failedKey(revoke.chosen, { code: 'offline', message: '' })).toBeNull();
  });

  it('never shows a plan of another connection, even one that arrives late', async () => {
    let arrive: (result: Result<unknown>) => void = () => undefined;
    answers['plan.resolve'] = () => new Promise((resolve) => (arrive = resolve));
    const revoke = useRevokeStore();
    await revoke.readText();
    const resolving = revoke.resolve();
    useSessionStore().session = signedInTo('c-2');
    await nextTick();
    arrive(ok(plan));
    await resolving;
    expect(revoke.plan).toBeNull();
    expect(revoke.chosen).toEqual([]);
  });

  it('keeps everything when the session ends: signing in again goes on', async () => {
    const revoke = await withPlan();
    useSessionStore().session = { kind: 'expired', connection: { id: 'c-1' } as Connection };
    await nextTick();
    expect(revoke.plan).not.toBeNull();
  });
});

describe('starting', () => {
  it('sends what was typed, trimmed, and follows the run', async () => {
    const revoke = await withPlan();
    Object.assign(revoke, { reason: ' Leavers ', ticket: 'INC-1', confirmation: 'REVOKE 1 ' });
    await revoke.start('run');
    await nextTick();
    expect(asked.at(-1)?.[1]).toEqual({
      planId: 'plan-1',
      dryRun: false,
      reason: 'Leavers',
      ticket: 'INC-1',
      confirmation: 'REVOKE 1',
    });
    expect(revoke.step).toBe('run');
  });

  it('stays where it is when the person declines in the system’s dialog', async () => {
    answers['runs.start'] = () => ok(null);
    const revoke = await withPlan();
    revoke.step = 'confirm';
    await revoke.start('run');
    expect(revoke.declined).toBe(true);
    expect(revoke.step).toBe('confirm');
    expect(useCurrentRunStore().progress).toBeNull();
  });

  it('starts once, however often the button is pressed', async () => {
    const revoke = await withPlan();
    await Promise.all([revoke.start('run'), revoke.start('run')]);
    expect(asked.filter(([name]) => name === 'runs.start')).toHaveLength(1);
  });

  it('leaves a run that is going on alone when everything else begins anew', async () => {
    const revoke = await withPlan();
    await revoke.start('run');
    revoke.reset();
    expect(useCurrentRunStore().progress?.runId).toBe('run-1');
    expect(revoke.step).toBe('run');
    tell('run.progress', { ...running, state: { kind: 'finished', at: '2026-11-21T12:00:00Z' } });
    revoke.reset();
    expect(useCurrentRunStore().progress).toBeNull();
    expect(revoke.step).toBe('who');
  });
});
