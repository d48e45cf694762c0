import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { TooltipProvider } from 'reka-ui';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { h } from 'vue';
import { failed, ok, type Result } from '../../../../../shared/result.ts';
import type { FoundToken, KeptRecord, TriageAnswer } from '../../../../../shared/triage.ts';
import { useNavigationStore } from '../../../stores/navigation.ts';
import { useTriageStore } from '../../../stores/triage.ts';
import { installFakeBridge, type FakeBridge } from '../../../testing/fake-bridge.ts';
import { sampleToken } from '../../../testing/samples.ts';
import TriageDialog from './TriageDialog.vue';

const token: FoundToken = {
  id: '1-1',
  masked: 'abcd••••••••wxyz',
  characters: 86,
  place: 'bearer',
  line: 2,
  wholeness: 'whole',
  regionId: 'eu-west-1',
};
const answer: TriageAnswer = { kind: 'not-accepted', answers: [], at: '2026-11-26T10:00:00Z' };
const alive: TriageAnswer = {
  ...{ kind: 'alive', region: { kind: 'genesys', id: 'eu-west-1' }, host: 'api.mypurecloud.ie' },
  ...{ details: sampleToken, own: false, answers: [], at: '2026-11-26T10:00:00Z' },
};
const kept: KeptRecord = {
  ...{ recordId: 'r', keptAt: '2026-11-26T10:00:00Z', masked: token.masked, who: null, organization: null },
  ...{ host: null, revokedAt: null, text: '' },
};
const revoked = {
  at: '2026-11-26T10:01:00Z',
  verified: {
    ...{ valid: false, status: 401, latencyMs: 20, at: '2026-11-26T10:01:01Z', correlationId: null },
  },
};

let bridge: FakeBridge;
/** Main's answer to keeping a record. */
let keeping: Promise<Result<KeptRecord>>;
let page: { unmount: () => void };
const open = async () => {
  const navigation = useNavigationStore();
  const store = useTriageStore();
  navigation.triageOpen = true;
  page = mount(TooltipProvider, { attachTo: document.body, slots: { default: () => h(TriageDialog) } });
  await store.find({ from: 'typed', value: 'x' });
  await store.ask([{ kind: 'genesys', id: 'eu-west-1' }], ['api.mypurecloud.ie']);
  await flushPromises();
  return { navigation, store };
};
const escape = async (): Promise<void> => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  await flushPromises();
};
const press = async (name: string): Promise<void> => {
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name)?.click();
  await flushPromises();
};
const names = (): readonly string[] => bridge.calls.map(({ name }) => name);

beforeEach(() => {
  setActivePinia(createPinia());
  keeping = Promise.resolve(ok(kept));
  bridge = installFakeBridge({
    'triage.find': () => ok({ tokens: [token], total: 1 }),
    'triage.ask': () => ok(answer),
    'triage.revoke': () => ok(revoked),
    'triage.keepRecord': () => keeping,
    'triage.close': () => ok(null),
  });
});
afterEach(() => {
  page.unmount();
  document.body.innerHTML = '';
});

describe('a record that is not kept yet', () => {
  it('is asked about before Esc drops it', async () => {
    const { navigation } = await open();
    await escape();
    expect(navigation.triageOpen).toBe(true);
    expect(document.body.textContent).toContain('The record is not kept yet');
    expect(document.activeElement?.textContent.trim()).toBe('Keep and close');
    await press('Keep and close');
    expect(navigation.triageOpen).toBe(false);
    expect(bridge.calls.find(({ name }) => name === 'triage.keepRecord')?.input).toMatchObject({
      tokenId: '1-1',
    });
  });

  it('can be left, and can be dropped on purpose', async () => {
    const { navigation } = await open();
    await escape();
    await escape();
    expect(navigation.triageOpen).toBe(true);
    expect(document.body.textContent).not.toContain('The record is not kept yet');
    await escape();
    await press('Close without it');
    expect(navigation.triageOpen).toBe(false);
    expect(names()).not.toContain('triage.keepRecord');
  });

  it('is kept by itself once the token was ended, and then nothing is asked', async () => {
    const { navigation, store } = await open();
    await store.revoke();
    expect(store.kept).toEqual(kept);
    await escape();
    expect(navigation.triageOpen).toBe(false);
  });

  it('closes by Esc pressed while it is being kept, as soon as it is', async () => {
    const { navigation, store } = await open();
    let answer = (_: Result<KeptRecord>): void => undefined;
    keeping = new Promise((resolve) => {
      answer = resolve;
    });
    const ending = store.revoke();
    await flushPromises();
    await escape();
    expect(navigation.triageOpen).toBe(true);
    expect(document.body.textContent).not.toContain('The record is not kept yet');
    answer(ok(kept));
    await ending;
    await flushPromises();
    expect(navigation.triageOpen).toBe(false);
  });

  it('is none before anything was found out', async () => {
    const { navigation, store } = await open();
    store.forgetAnswer();
    await escape();
    expect(navigation.triageOpen).toBe(false);
  });
});

describe('a revocation without a clear answer', () => {
  const revokeFailing = async (code: 'offline' | 'forbidden') => {
    bridge = installFakeBridge({
      'triage.find': () => ok({ tokens: [token], total: 1 }),
      'triage.ask': () => ok(alive),
      'triage.revoke': () => failed({ code, message: 'The connection broke off.' }),
      'triage.close': () => ok(null),
    });
    const { store } = await open();
    await store.revoke();
    await flushPromises();
    const text = document.body.textContent;
    const error = document.querySelector('[role=alert]')?.textContent ?? '';
    return { store, text, beside: text.indexOf(error) < text.indexOf('Record for the incident file') };
  };

  it('does not leave the token called valid, and its error stands beside the button', async () => {
    const { store, text, beside } = await revokeFailing('offline');
    expect(text).toContain('Perhaps revoked: no clear answer came');
    expect(text).not.toContain('This token is valid');
    expect(beside).toBe(true);
    expect(store.recordText).toContain('Revoked:       not known');
    expect(store.unsaved).toBe(true);
  });

  it('is one that was not made where the server refused it', async () => {
    const { store, text, beside } = await revokeFailing('forbidden');
    expect(text).toContain('This token is valid');
    expect(beside).toBe(true);
    expect(store.recordText).toContain('Revoked:       not from here');
  });
});
