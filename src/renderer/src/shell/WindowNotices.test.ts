import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { NO_COUNTS, type RunProgress } from '../../../shared/run.ts';
import { useCurrentRunStore } from '../stores/current-run.ts';
import { useNavigationStore } from '../stores/navigation.ts';
import { useSessionStore } from '../stores/session.ts';
import { installFakeBridge } from '../testing/fake-bridge.ts';
import { sampleAbout, sampleConnection, sampleToken } from '../testing/samples.ts';
import PauseNotice from '../views/revoke/PauseNotice.vue';
import RunControls from '../views/revoke/RunControls.vue';
import WindowNotices from './WindowNotices.vue';

const since = '2026-11-21T12:00:00Z';
const state = { kind: 'paused', reason: 'sign-in-needed', since, until: null } as const;
const waiting: RunProgress = {
  ...{ runId: 'r-1', about: sampleAbout, dryRun: false, users: 10 },
  state,
  counts: { ...NO_COUNTS, 'not-attempted': 10 },
  ...{ inFlight: 0, ratePerMinute: 0, pacePerMinute: 291, limitPerMinute: 300, secondsLeft: null },
  ...{ tooManyRequests: 0, retries: 0, throughput: [], recentFailures: [], recentOutcomes: [] },
};

beforeEach(() => {
  setActivePinia(createPinia());
  installFakeBridge({});
  useSessionStore().session = { kind: 'expired', connection: sampleConnection };
});

describe('a token that ended in the middle of a run', () => {
  const show = (view: 'revoke' | 'settings', run: RunProgress | null) => {
    useNavigationStore().show(view);
    useCurrentRunStore().progress = run;
    return mount(WindowNotices).text();
  };

  it('is said once: on the page of the run by the run itself', () => {
    expect(show('revoke', waiting)).not.toContain('Your token has ended');
  });

  it('is said elsewhere, with what the run does then', () => {
    expect(show('settings', waiting)).toContain('The run that waits for it goes on by itself then.');
  });

  it('is said everywhere when no run waits', () => {
    expect(show('revoke', null)).toContain('Your token has ended');
    expect(show('settings', null)).not.toContain('The run that waits');
  });

  it('leaves one way on: signing in', () => {
    useCurrentRunStore().progress = waiting;
    const names = () =>
      mount(RunControls, { props: { state: waiting.state, about: sampleAbout, asking: false } })
        .findAll('button')
        .map((button) => button.text());
    expect(names()).toEqual(['Sign in again', 'Cancel run…']);
    useSessionStore().session = { kind: 'signed-out' };
    expect(names()).toEqual(['Sign in again', 'Cancel run…']);
  });

  it('waits for its own operator, and says so, when somebody else signs in', () => {
    const names = () => {
      const props = { state, about: sampleAbout };
      const buttons = mount(RunControls, { props: { ...props, asking: false } }).findAll('button');
      return [...buttons.map((button) => button.text()), mount(PauseNotice, { props }).text()];
    };
    const signIn = (id: string, name: string) => {
      const user = { id, name, email: null, title: null, department: null, division: null };
      const token = { ...sampleToken, user };
      const connection = sampleConnection;
      useSessionStore().session = { kind: 'signed-in', connection, secretPlace: 'memory', token };
    };
    signIn('u-tomasz', 'Tomasz Wren');
    const [button, , words] = names();
    expect(button).toBe('Sign in again');
    expect(words).toContain('You are signed in as Tomasz Wren, and the run is Anna Berg’s');
    signIn('u-other', 'Anna Berg');
    expect(names()[2]).toContain(
      'the run is another account’s of the name Anna Berg: sign in with that account',
    );
    signIn('u-anna', 'Anna Berg');
    expect(names()).toMatchObject([
      'Continue',
      'Cancel run…',
      expect.stringContaining('it goes on by itself then') as string,
    ]);
  });
});
