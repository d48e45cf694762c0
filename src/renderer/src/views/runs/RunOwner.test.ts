import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionState } from '../../../../shared/connection.ts';
import type { RunAbout } from '../../../../shared/run.ts';
import RunStatus from '../../shell/RunStatus.vue';
import { useCurrentRunStore } from '../../stores/current-run.ts';
import { useSessionStore } from '../../stores/session.ts';
import { installFakeBridge } from '../../testing/fake-bridge.ts';
import {
  sampleAbout,
  sampleConnection,
  sampleProgress,
  sampleSession,
  sampleToken,
} from '../../testing/samples.ts';
import RunOwner from './RunOwner.vue';

const demo: SessionState = {
  kind: 'signed-in',
  connection: {
    ...sampleConnection,
    id: 'c-demo',
    label: 'Demo',
    method: 'demo',
    region: { kind: 'demo' },
    organization: { id: 'org-demo', name: 'Fernhollow' },
  },
  token: sampleToken,
  secretPlace: 'none',
};
beforeEach(() => {
  setActivePinia(createPinia());
  installFakeBridge({});
});

describe('whose run it is', () => {
  const show = (session: SessionState, going: boolean, about: RunAbout = sampleAbout) => {
    useSessionStore().session = session;
    return mount(RunOwner, { props: { about, going } });
  };

  it('names organization, connection, region, reason and ticket', () => {
    const page = show(sampleSession, true);
    expect(page.text()).toContain('Acme, by “Acme production” (Frankfurt)');
    expect(page.text()).toContain('Leavers of November');
    expect(page.text()).toContain('INC-20481');
    expect(page.find('.callout').exists()).toBe(false);
  });

  it('says loudly when another connection is in use, the demo too', () => {
    const page = show(demo, true);
    expect(page.get('[role=alert]').text()).toContain(
      'This run goes on in Acme, not in the connection in use',
    );
    expect(page.get('[role=alert]').text()).toContain('In use is “Demo” of Fernhollow.');
  });

  it('says so of a run that is over, and when nobody is signed in', () => {
    const page = show({ kind: 'signed-out' }, false);
    expect(page.get('.callout.warning').text()).toContain('This run was made in Acme');
    expect(page.get('.callout.warning').text()).toContain('nobody is signed in');
  });

  it('marks a run of the demo organization as such', () => {
    const about = { ...sampleAbout, region: 'demo', demo: true };
    expect(show(sampleSession, false, about).get('.badge.demo').text()).toBe('Demo');
  });
});

describe('the run in the status bar', () => {
  const show = (session: SessionState) => {
    useSessionStore().session = session;
    useCurrentRunStore().progress = sampleProgress;
    return mount(RunStatus);
  };

  it('names its organization and connection', () => {
    const button = show(sampleSession).get('button');
    expect(button.text()).toContain('Running: run in Acme');
    expect(button.attributes('title')).toBe('Acme, by “Acme production” (Frankfurt)');
    expect(button.classes()).not.toContain('danger');
  });

  it('is loud when that is not the connection in use', () => {
    const button = show(demo).get('button');
    expect(button.text()).toContain('Running: run in Acme, not in the connection in use');
    expect(button.classes()).toContain('danger');
  });
});
