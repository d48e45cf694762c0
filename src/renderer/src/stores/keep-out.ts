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
  /** Takes what is asked for now, but for those of whom main tells meanwhile: that is newer. */
  async function read<R extends Result<KeepOutSummary | readonly KeepOutSummary[]> | null>(
    answer: Promise<R>,
  ): Promise<R> {
    const before = told;
    const result = await answer;
    if (result?.ok)
      take([result.data].flat().filter(({ keepOutId }) => (toldOf.get(keepOutId) ?? 0) <= before));
    return result;
  }

  const open = computed(() => all.value.filter(isOpen));
  /** The one that goes on in this app, or waits in it. */
  const active = computed(() => open.value.find(({ state }) => state.kind !== 'interrupted') ?? null);

  /** @returns whether it was done: null is a person who declined. */
  async function settle(runId: string, answer: Promise<Result<KeepOutSummary> | null>): Promise<boolean> {
    busy.value = true;
    error.value = null;
    const result = await read(answer);
    busy.value = false;
    if (result && !result.ok) error.value = { ...result.error, runId };
    return result?.ok ?? false;
  }

  return {
    all,
    open,
    active,
    busy,
    error,
    begin: () => read(call('keepOut.list', { runId: null })),
    load: (runId: string) => read(call('keepOut.list', { runId })),
    /** Those that are over too. */
    loadAll: () => read(call('keepOut.all', null)),
    start: (request: KeepOutRequest) => settle(request.runId, askedCall('keepOut.start', request)),
    resume: (key: KeepOutKey) => settle(key.runId, askedCall('keepOut.resume', key)),
    stop: (key: KeepOutKey) => settle(key.runId, call('keepOut.stop', key)),
    pause: (key: KeepOutKey) => settle(key.runId, call('keepOut.pause', key)),
    continue: (key: KeepOutKey) => settle(key.runId, call('keepOut.continue', key)),
  };
});
