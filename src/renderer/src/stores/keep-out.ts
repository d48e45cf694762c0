import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { KeepOutKey, KeepOutRequest, KeepOutSummary } from '../../../shared/keep-out.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { call, on } from '../bridge.ts';
import { askedCall } from './asked-call.ts';

type Named = Pick<KeepOutSummary, 'keepOutId'>;
const isOpen = ({ state }: KeepOutSummary): boolean =>
  state.kind !== 'finished' && state.kind !== 'cancelled';

/** Who is kept out, now and before: everything that goes on or can, and what the run on the page has. */
export const useKeepOutStore = defineStore('keep-out', () => {
  const all = shallowRef<readonly KeepOutSummary[]>([]);
  const busy = ref(false);
  const error = shallowRef<(AppError & { readonly runId: string }) | null>(null);

  const take = (summaries: readonly KeepOutSummary[]): void => {
    const isNew = ({ keepOutId }: Named): boolean =>
      !summaries.some((summary) => summary.keepOutId === keepOutId);
    all.value = [...summaries, ...all.value.filter(isNew)].sort((a, b) =>
      b.about.createdAt.localeCompare(a.about.createdAt),
    );
  };
  /** What main told by itself, so many times so far, and of whom when. */
  let told = 0;
  const toldOf = new Map<string, number>();
  on('keepOut.changed', (summary) => {
    told += 1;
    toldOf.set(summary.keepOutId, told);
    take([summary]);
  });
  /** @returns takes an answer that is asked for now, but for those of whom main tells meanwhile: that is newer. */
  const asking = (): ((summaries: readonly KeepOutSummary[]) => void) => {
    const before = told;
    return (summaries) => take(summaries.filter(({ keepOutId }) => (toldOf.get(keepOutId) ?? 0) <= before));
  };

  const open = computed(() => all.value.filter(isOpen));
  /** The one that goes on in this app, or waits in it. */
  const active = computed(() => open.value.find(({ state }) => state.kind !== 'interrupted') ?? null);

  async function begin(): Promise<void> {
    const answered = asking();
    const result = await call('keepOut.list', { runId: null });
    if (result.ok) answered(result.data);
  }

  /** Those that are over too. */
  async function loadAll(): Promise<void> {
    const answered = asking();
    const result = await call('keepOut.all', null);
    if (result.ok) answered(result.data);
  }

  async function load(runId: string): Promise<void> {
    const answered = asking();
    const result = await call('keepOut.list', { runId });
    if (result.ok) answered(result.data);
  }

  /** @returns whether it was done: null is a person who declined. */
  async function settle(runId: string, answer: Promise<Result<KeepOutSummary> | null>): Promise<boolean> {
    busy.value = true;
    error.value = null;
    const answered = asking();
    const result = await answer;
    busy.value = false;
    if (result?.ok) answered([result.data]);
    else if (result) error.value = { ...result.error, runId };
    return result?.ok ?? false;
  }

  return {
    all,
    open,
    active,
    busy,
    error,
    begin,
    load,
    loadAll,
    start: (request: KeepOutRequest) => settle(request.runId, askedCall('keepOut.start', request)),
    resume: (key: KeepOutKey) => settle(key.runId, askedCall('keepOut.resume', key)),
    stop: (key: KeepOutKey) => settle(key.runId, call('keepOut.stop', key)),
    pause: (key: KeepOutKey) => settle(key.runId, call('keepOut.pause', key)),
    continue: (key: KeepOutKey) => settle(key.runId, call('keepOut.continue', key)),
  };
});
