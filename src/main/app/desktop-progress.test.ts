import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeepOutSummary } from '../../shared/keep-out.ts';
import { NO_COUNTS, type RunProgress, type RunState } from '../../shared/run.ts';

const shown: (EventEmitter & { title: string; body: string; closed: boolean })[] = [];
class FakeNotification extends EventEmitter {
  readonly title: string;
  readonly body: string;
  closed = false;
  constructor({ title, body }: { title: string; body: string }) {
    super();
    this.title = title;
    this.body = body;
  }
  static isSupported = (): boolean => true;
  show(): void {
    shown.push(this);
  }
  close(): void {
    this.closed = true;
  }
}
const blocker = { start: vi.fn(() => 7), stop: vi.fn() };
vi.mock('electron', () => ({ Notification: FakeNotification, powerSaveBlocker: blocker }));
const { DesktopProgress } = await import('./desktop-progress.ts');

const progressOf = (state: RunState, counts: Partial<typeof NO_COUNTS> = {}): RunProgress => ({
  runId: 'run-1',
  about: {
    ...{ connectionId: 'c-1', connectionLabel: 'Acme production', region: 'eu-central-1', demo: false },
    ...{ organization: { id: 'org-1', name: 'Acme' }, operator: 'Anna Berg', reason: 'Leavers', ticket: '' },
    ...{ operatorId: 'u-1', choice: null, createdAt: '2026-11-21T12:00:00Z' },
  },
  state,
  dryRun: false,
  users: 10,
  counts: { ...NO_COUNTS, ...counts },
  inFlight: 0,
  ratePerMinute: 0,
  pacePerMinute: 291,
  limitPerMinute: 300,
  secondsLeft: null,
  tooManyRequests: 0,
  retries: 0,
  throughput: [],
  recentFailures: [],
  recentOutcomes: [],
});
const paused = (reason: 'sign-in-needed' | 'offline' | 'by-you', since = 't1'): RunProgress =>
  progressOf({ kind: 'paused', reason, since, until: null });

const keptOut: KeepOutSummary = {
  ...{ runId: 'run-1', keepOutId: 'k-1', about: progressOf({ kind: 'running' }).about, endedWhy: null },
  state: { kind: 'running' },
  ...{
    until: null,
    users: 3,
    looks: 1,
    lastLookAt: null,
    unknown: 0,
    returns: 0,
    revoked: 0,
    back: [],
    damage: null,
  },
};
const byItself = { name: 'Ana', returns: 3, issuedAt: 't', revokedAt: 't', problem: null, byItself: true };

function setUp(isFocused = false) {
  const open = vi.fn<(runId: string) => void>();
  const window = { setProgressBar: vi.fn(), isFocused: () => isFocused };
  const presence = new DesktopProgress({ window: () => window, open });
  return {
    update: (progress: RunProgress): void => {
      presence.update(progress);
    },
    keepOut: (over: Partial<KeepOutSummary>): void => {
      presence.keepOut({ ...keptOut, ...over });
    },
    open,
    window,
  };
}

beforeEach(() => {
  shown.length = 0;
  vi.clearAllMocks();
});

describe('notifications of a run', () => {
  it('tell of its end, and a click opens that run', () => {
    const { update, open } = setUp();
    update(progressOf({ kind: 'finished', at: 't' }, { revoked: 8, failed: 2 }));
    expect(shown.map(({ title, body }) => `${title}: ${body}`)).toEqual([
      'Revocation finished: The tokens of 8 of 10 were revoked, 2 failed. Open the report for the rest.',
    ]);
    shown[0]?.emit('click');
    expect(open).toHaveBeenCalledExactlyOnceWith('run-1');
  });

  it('tell once of a pause that needs a person, and of none that ends by itself or was their own', () => {
    const { update } = setUp();
    update(paused('offline'));
    update(paused('by-you'));
    expect(shown).toEqual([]);
    update(paused('sign-in-needed'));
    update(paused('sign-in-needed'));
    expect(shown.map(({ body }) => body)).toEqual(['Your token has ended. Sign in again to go on.']);
    update(paused('sign-in-needed', 't2'));
    expect(shown).toHaveLength(2);
    expect(shown[0]?.closed).toBe(true);
  });

  it('say nothing to who looks at the window; one that the system refuses is no error', () => {
    setUp(true).update(progressOf({ kind: 'finished', at: 't' }));
    expect(shown).toEqual([]);
    setUp().update(progressOf({ kind: 'finished', at: 't' }));
    expect(shown[0]?.emit('failed', {}, 'not signed')).toBe(true);
  });
});

describe('notifications of keeping out', () => {
  const titles = () => shown.map(({ title }) => title);

  it('tell once what waits for a person, what signs in by itself, and the end', () => {
    const { keepOut, open } = setUp();
    keepOut({});
    keepOut({ state: { kind: 'paused', reason: 'offline', since: 't1', until: null } });
    keepOut({ state: { kind: 'paused', reason: 'by-you', since: 't1', until: null } });
    expect(titles()).toEqual([]);
    const waits = { kind: 'paused', reason: 'sign-in-needed', since: 't2', until: null } as const;
    keepOut({ state: waits });
    keepOut({ state: waits });
    expect(titles()).toEqual(['Nobody is kept out now']);
    const back = [{ ...byItself, userId: 'u-1' }];
    keepOut({ back });
    keepOut({ back });
    keepOut({ back: [...back, { ...byItself, userId: 'u-2', byItself: false }] });
    expect(titles()).toEqual(['Nobody is kept out now', 'Somebody signs in by itself']);
    keepOut({ back, state: { kind: 'finished', at: 't3' } });
    expect(titles().at(-1)).toBe('Nobody is kept out any more');
    shown.at(-1)?.emit('click');
    expect(open).toHaveBeenCalledExactlyOnceWith('run-1');
  });
});

describe('the computer', () => {
  it('stays awake as long as a run or keeping out needs it', () => {
    const { update, keepOut } = setUp();
    keepOut({});
    update(progressOf({ kind: 'running' }));
    update(progressOf({ kind: 'finished', at: 't' }));
    expect(blocker.stop).not.toHaveBeenCalled();
    keepOut({ state: { kind: 'cancelled', at: 't' } });
    expect(blocker.start).toHaveBeenCalledOnce();
    expect(blocker.stop).toHaveBeenCalledExactlyOnceWith(7);
  });

  it('stays awake while a run goes on, or waits for what comes by itself', () => {
    const { update } = setUp();
    update(progressOf({ kind: 'running' }));
    update(paused('offline'));
    expect(blocker.start).toHaveBeenCalledOnce();
    expect(blocker.stop).not.toHaveBeenCalled();
    update(paused('by-you'));
    expect(blocker.stop).toHaveBeenCalledExactlyOnceWith(7);
  });
});
