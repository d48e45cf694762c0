import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RunProgress } from '../../../shared/run.ts';
import { call, on } from '../bridge.ts';
import { doneOf, isOver } from '../domain/counts.ts';

/** The run that is going on, for the parts of the window that are always in sight. */
export const useActiveRunStore = defineStore('active-run', () => {
  const progress = shallowRef<RunProgress | null>(null);
  let told = false;

  const take = (next: RunProgress): void => {
    progress.value = isOver(next) ? null : next;
  };

  on('run.progress', (next) => {
    told = true;
    take(next);
  });

  /** @param runId the run that went on when the window asked; what an event has told since is newer. */
  const begin = async (runId: string | null): Promise<void> => {
    if (runId === null) return;
    const result = await call('runs.progress', { runId });
    if (result.ok && !told) take(result.data);
  };

  const done = computed(() => (progress.value ? doneOf(progress.value) : 0));

  return { progress, done, begin };
});
