import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, type EffectScope } from 'vue';
import { ok } from '../../../shared/result.ts';
import type { RunState } from '../../../shared/run.ts';
import { useCurrentRunStore } from '../stores/current-run.ts';
import { useTimeoutStore } from '../stores/timeout.ts';
import { useTokenStore } from '../stores/token.ts';
import { installFakeBridge, type FakeBridge } from '../testing/fake-bridge.ts';
import { sampleProgress, sampleTimeout, sampleToken } from '../testing/samples.ts';
import { useTokenPolling } from './use-token-polling.ts';

let bridge: FakeBridge;
let scope: EffectScope;
const looks = (): number => bridge.calls.filter(({ name }) => name === 'token.refresh').length;

const report = async (state: RunState): Promise<void> => {
  bridge.emit('run.progress', { ...sampleProgress, state });
  await nextTick();
};

beforeEach(async () => {
  vi.useFakeTimers();
  setActivePinia(createPinia());
  bridge = installFakeBridge({
    'token.refresh': () => ok(sampleToken),
    'token.verify': () =>
      ok({ valid: true, status: 200, latencyMs: 12, at: '2026-11-21T12:00:00Z', correlationId: null }),
    'timeout.read': () => ok(sampleTimeout),
    'timeout.history': () => ok({ entries: [], notice: null }),
  });
  await useCurrentRunStore().begin(null);
  scope = effectScope();
  scope.run(useTokenPolling);
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

describe('the true countdown', () => {
  it('asks for nothing by itself', async () => {
    await vi.advanceTimersByTimeAsync(600_000);
    expect(looks()).toBe(0);
  });

  it('looks again after a check, and after the timeout was read or saved', async () => {
    await useTokenStore().verify();
    await nextTick();
    expect(looks()).toBe(1);
    useTimeoutStore().current = sampleTimeout;
    await nextTick();
    expect(looks()).toBe(2);
    useTimeoutStore().current = null;
    await nextTick();
    expect(looks()).toBe(2);
  });

  it('looks once a minute while a run goes on, and once when it ends', async () => {
    await report({ kind: 'running' });
    await vi.advanceTimersByTimeAsync(59_000);
    expect(looks()).toBe(0);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(looks()).toBe(2);
    await report({ kind: 'finished', at: '2026-11-21T12:02:00Z' });
    expect(looks()).toBe(3);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(looks()).toBe(3);
  });

  it('lets a token idle while a run is paused', async () => {
    await report({ kind: 'running' });
    await report({ kind: 'paused', reason: 'by-you', since: '2026-11-21T12:00:00Z', until: null });
    expect(looks()).toBe(1);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(looks()).toBe(1);
  });

  it('ends with its scope', async () => {
    await report({ kind: 'running' });
    scope.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(looks()).toBe(0);
  });
});
