import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
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
const { createRunPresence } = await import('./run-presence.ts');

const progressOf = (state: RunState, counts: Partial<typeof NO_COUNTS> = {}): RunProgress => ({
  runId: 'run-1',
  about: {
    ...{ connectionId: 'c-1', connectionLabel: 'Acme production', region: 'eu-central-1', demo: false },
    ...{ organization: { id: 'org-1', name: 'Acme' }, operator: 'Anna Berg', reason: 'Leavers', ticket: '' },
    ...{ choice: null, createdAt: '2026-11-21T12:00:00Z' },
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
});
const paused = (reason: 'sign-in-needed' | 'offline' | 'by-you', since = 't1'): RunProgress =>
  progressOf({ kind: 'paused', reason, since, until: null });

function setUp(isFocused = false) {
  const open = vi.fn<(runId: string) => void>();
  const window = { setProgressBar: vi.fn(), isFocused: () => isFocused };
  const presence = createRunPresence({ window: () => window, open });
  return {
    update: (progress: RunProgress): void => {
      presence.update(progress);
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

describe('the computer', () => {
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
