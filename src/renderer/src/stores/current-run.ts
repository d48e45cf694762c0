import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { AppError, Result } from '../../../shared/result.ts';
import type { RunProgress } from '../../../shared/run.ts';
import { call } from '../bridge.ts';
import { isOver } from '../domain/counts.ts';
import { askedCall } from './asked-call.ts';
import { follow } from './follow.ts';

type RunCommand = 'runs.pause' | 'runs.continue' | 'runs.cancel' | 'runs.resume';

/**
 * The run that goes on, or has just ended: main runs one at a time, so whatever reports progress is it.
 * Long: one state, and each of main's calls that changes it, one after the other.
 */
export const useCurrentRunStore = defineStore('current-run', () => {
  const progress = shallowRef<RunProgress | null>(null);
  const error = shallowRef<AppError | null>(null);
  /** The command that main has not answered yet. */
  const busy = ref<RunCommand | null>(null);

  /** While it goes on; a cancelled one goes on until its last answer is here. */
  const going = computed(() => (progress.value && !isOver(progress.value) ? progress.value : null));
  const active = computed(() => going.value !== null);

  /** The run that the person has put away: what main still tells of its end does not bring it back. */
  let putAway: string | null = null;
  const ask = follow('run.progress', {
    get value() {
      return progress.value;
    },
    set value(next) {
      if (next?.runId === putAway && isOver(next)) return;
      // Why a command was refused says nothing of a run that has gone on, or ended, since.
      if (next?.state.kind !== progress.value?.state.kind) error.value = null;
      putAway = null;
      progress.value = next;
    },
  });
  const begun = ask();

  /** @param runId the run that went on when the window asked; what an event has told since is newer. */
  async function begin(runId: string | null): Promise<void> {
    if (runId === null) return;
    const result = await call('runs.progress', { runId });
    if (result.ok && !isOver(result.data)) begun(result.data);
  }

  function show(next: RunProgress): void {
    error.value = null;
    putAway = null;
    // Its first events may have come before the answer to its start.
    if (progress.value?.runId !== next.runId) progress.value = next;
  }

  /** @param answer null when the person declined in main's dialog. */
  async function take(name: RunCommand, answer: Promise<Result<RunProgress> | null>): Promise<boolean> {
    busy.value = name;
    error.value = null;
    const answered = ask();
    const result = await answer;
    // The next command may have been given already: a pause shows before its own answer comes.
    if (busy.value === name) busy.value = null;
    if (result?.ok) answered(result.data);
    else error.value = result?.error ?? null;
    return result?.ok ?? false;
  }

  /** Runs `command` on the run that is shown. */
  async function command(name: Exclude<RunCommand, 'runs.resume'>): Promise<void> {
    if (progress.value) await take(name, askedCall(name, { runId: progress.value.runId }));
  }

  /** Shows nothing any more; a run that is going on stays. */
  function dismiss(): void {
    if (active.value) return;
    putAway = progress.value?.runId ?? putAway;
    progress.value = null;
    error.value = null;
  }

  return {
    progress,
    error,
    busy,
    going,
    active,
    begin,
    show,
    pause: () => command('runs.pause'),
    continue: () => command('runs.continue'),
    cancel: () => command('runs.cancel'),
    /** @returns whether the interrupted run goes on now. */
    resume: (runId: string) => take('runs.resume', askedCall('runs.resume', { runId })),
    dismiss,
  };
});
