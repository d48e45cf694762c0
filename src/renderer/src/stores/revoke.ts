import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { withCounts } from '../domain/choice.ts';
import { useCurrentRunStore } from './current-run.ts';
import { useRecentChoicesStore } from './recent-choices.ts';
import { useListReading } from './revoke/list-reading.ts';
import { newChoices } from './revoke/new-choices.ts';
import { usePlanning } from './revoke/planning.ts';
import { useSources } from './revoke/sources.ts';
import { useStarting } from './revoke/starting.ts';
import { onConnectionChange } from './session.ts';

export type RevokeStep = 'who' | 'review' | 'confirm' | 'run';

/**
 * The work of the Revoke view, from the choice of people to the start of the run; it outlives the view. Each of its four
 * parts has its own state: what is chosen, the list that is read, the plan made of both, and the start.
 */
export const useRevokeStore = defineStore('revoke', () => {
  const run = useCurrentRunStore();
  const recent = useRecentChoicesStore();
  const step = ref<RevokeStep>(run.progress ? 'run' : 'who');

  const { forgetConfirmation, startPlan, ...starting } = useStarting((started) => run.show(started));
  const { dropPlan, makePlan, ...planning } = usePlanning(forgetConfirmation);
  const { resetSources, ...sources } = useSources(dropPlan);
  const { take, readList, resetReading, ...reading } = useListReading(sources);

  /** Begins anew; a run that is going on is left alone. */
  function reset(): void {
    dropPlan();
    resetReading();
    resetSources();
    starting.reason.value = '';
    starting.ticket.value = '';
    run.dismiss();
    step.value = run.active ? 'run' : 'who';
  }

  /** @param readAgain asks the directory anew instead of using what it said earlier. */
  async function resolve(readAgain = false): Promise<void> {
    const { selection, chosen, options } = sources;
    if (!selection.value) return;
    await makePlan(selection.value, readAgain, (plan) => {
      chosen.value = withCounts(chosen.value, plan);
      recent.note({ text: plan.sourceText, chosen: chosen.value, options: options.value });
      step.value = 'review';
    });
  }

  async function start(kind: 'dry-run' | 'run'): Promise<void> {
    if (planning.plan.value) await startPlan(planning.plan.value, kind);
  }

  watch(
    () => run.progress?.runId,
    (runId) => {
      if (runId !== undefined) step.value = 'run';
    },
  );
  // A plan belongs to its org. An ended session keeps its connection, so signing in again loses nothing.
  onConnectionChange(reset);

  return {
    step,
    ...sources,
    ...reading,
    readList,
    ...planning,
    ...starting,
    ...newChoices({ run, sources, reading: { take, readList }, starting, reset, resolve }),
    resolve,
    start,
    reset,
  };
});
