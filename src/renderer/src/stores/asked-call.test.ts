import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ok } from '../../../shared/result.ts';
import { installFakeBridge } from '../testing/fake-bridge.ts';
import { askedCall } from './asked-call.ts';
import { useToastStore } from './toasts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('what was declined in main’s dialog is noted, and not told as something done', async () => {
  setActivePinia(createPinia());
  installFakeBridge({ 'runs.delete': () => ok(null) });
  expect(await askedCall('runs.delete', { runId: 'r-1' })).toBeNull();
  const store = useToastStore();
  expect(store.toasts).toMatchObject([
    { kind: 'note', text: 'You declined in the system’s dialog. Nothing was changed.' },
  ]);
  vi.runAllTimers();
  expect(store.toasts).toEqual([]);
});
