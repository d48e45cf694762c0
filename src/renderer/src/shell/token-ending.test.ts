import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import type { Connection } from '../../../shared/connection.ts';
import { failed, ok } from '../../../shared/result.ts';
import { useSessionStore } from '../stores/session.ts';
import { installFakeBridge, type Answers } from '../testing/fake-bridge.ts';
import { sampleConnection, sampleToken } from '../testing/samples.ts';
import WindowNotices from './WindowNotices.vue';

const MINUTE = 60_000;
const START = Date.parse('2026-11-21T12:00:00Z');
const iso = (minutes: number): string => new Date(START + minutes * MINUTE).toISOString();

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.useRealTimers();
});

/** A window whose token idles out ten minutes after it was last used. Looking is no use, a check is. */
function open(more: { readonly method?: Connection['method']; readonly expiresAt?: string } = {}) {
  let usedAt = START;
  let instead: ReturnType<NonNullable<Answers['token.refresh']>> | null = null;
  const tokenNow = () => ({
    ...sampleToken,
    idlesAt: new Date(usedAt + 10 * MINUTE).toISOString(),
    expiresAt: more.expiresAt ?? null,
    readAt: new Date().toISOString(),
  });
  const bridge = installFakeBridge({
    'token.refresh': ({ whole }) => {
      if (instead) return instead;
      if (whole) usedAt = Date.now();
      return ok(tokenNow());
    },
    'token.verify': () => {
      usedAt = Date.now();
      return ok({
        valid: true,
        status: 200,
        latencyMs: 5,
        at: new Date().toISOString(),
        correlationId: null,
      });
    },
  });
  const connection = { ...sampleConnection, method: more.method ?? 'access-token' };
  useSessionStore().begin({ kind: 'signed-in', connection, token: tokenNow(), secretPlace: 'memory' }, []);
  const page = mount(WindowNotices);
  return {
    bridge,
    text: () => page.text(),
    answerWith: (answer: NonNullable<typeof instead>) => {
      instead = answer;
    },
    /** Other calls use the token too: a run, a search. */
    use: () => {
      usedAt = Date.now();
    },
    pass: async (minutes: number) => {
      await vi.advanceTimersByTimeAsync(minutes * MINUTE);
      await nextTick();
    },
    press: async (name: string) => {
      await page
        .findAll('button')
        .find((button) => button.text() === name)!
        .trigger('click');
      await flushPromises();
    },
  };
}

describe('a token that idles out soon', () => {
  it('is said five minutes before, after one more look, and counts down', async () => {
    const { pass, text, bridge } = open();
    await pass(5);
    expect(text()).toBe('');
    expect(bridge.calls).toEqual([]);
    await pass(1 / 60);
    expect(bridge.calls).toEqual([{ name: 'token.refresh', input: { whole: false } }]);
    expect(text()).toContain('Your token idles out soon');
    expect(text()).toContain('In 04:59');
    await pass(2);
    expect(text()).toContain('In 02:59');
  });

  it('is looked at while the warning stands, which does not keep it alive', async () => {
    const { pass, text, bridge } = open();
    await pass(9.5);
    expect(text()).toMatch(/In 00:[23]\d/);
    const names = new Set(bridge.calls.map(({ name, input }) => `${name} ${JSON.stringify(input)}`));
    expect([...names]).toEqual(['token.refresh {"whole":false}']);
    expect(bridge.calls.length).toBeLessThanOrEqual(6);
    await pass(0.6);
    expect(text()).toBe('');
  });

  it('is kept alive by the button; the warning comes again five minutes before the new end', async () => {
    const { pass, text, press, bridge } = open();
    await pass(6);
    await press('Keep it alive');
    expect(bridge.calls.filter(({ name }) => name === 'token.verify')).toHaveLength(1);
    expect(text()).toBe('');
    expect(useSessionStore().token?.idlesAt).toBe(iso(16));
    await pass(4.9);
    expect(text()).toBe('');
    await pass(0.2);
    expect(text()).toContain('Your token idles out soon');
    expect(text()).toMatch(/In 04:5\d/);
  });

  it('was used meanwhile: nothing is said', async () => {
    const { pass, text, use } = open();
    await pass(4);
    use();
    await pass(3);
    expect(text()).toBe('');
    expect(useSessionStore().token?.idlesAt).toBe(iso(14));
  });

  it('is said without a network too, and stays there while it is looked at again', async () => {
    const { pass, text, answerWith } = open();
    answerWith(failed({ code: 'offline', message: 'no route' }));
    await pass(5.1);
    expect(text()).toContain('Your token idles out soon');
    let answer = (): void => undefined;
    answerWith(new Promise((resolve) => (answer = () => resolve(failed({ code: 'offline', message: '' })))));
    await pass(1.5);
    expect(text()).toContain('Your token idles out soon');
    answer();
  });

  it('can be left to end', async () => {
    const { pass, text, press } = open();
    await pass(6);
    await press('Not now');
    expect(text()).toBe('');
    await pass(3);
    expect(text()).toBe('');
  });
});

describe('a token that expires soon', () => {
  it('is said to whoever has to get a new one', async () => {
    const byPerson = open({ expiresAt: iso(8) });
    await byPerson.pass(3.1);
    expect(byPerson.text()).toContain('Your token expires soon');
  });

  it('says nothing where it renews itself', async () => {
    const { pass, text } = open({ expiresAt: iso(8), method: 'client-credentials' });
    await pass(3.1);
    expect(text()).toBe('');
  });
});
