import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import type { RunAbout } from '../../../shared/run.ts';
import { call } from '../bridge.ts';
import { withCounts } from './choice.ts';
import { useCurrentRunStore } from './current-run.ts';
import { useRecentChoicesStore } from './recent-choices.ts';
import { useListReading } from './revoke/list-reading.ts';
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

  const { forgetConfirmation, startPlan, ...starting } = useStarting((started) => run.follow(started));
  const { dropPlan, makePlan, ...planning } = usePlanning(forgetConfirmation);
  const { resetSources, ...sources } = useSources(dropPlan);
  const { take, resetReading, ...reading } = useListReading(sources);

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

  /** Straight to the review of one person's tokens; nothing is revoked by that. */
  async function reviewPerson({ id, name }: { readonly id: string; readonly name: string }): Promise<void> {
    if (run.active) return;
    reset();
    sources.add({ kind: 'user', id, name }, 'include');
    await resolve();
  }

  /** The same for what is no known person: an address as it was pasted. */
  async function reviewText(text: string): Promise<void> {
    if (run.active) return;
    reset();
    await reading.readList(text);
    await resolve();
  }

  /** Begins anew with the users whom an earlier run did not revoke. */
  async function retry(runId: string): Promise<void> {
    reset();
    await take(call('runs.retryList', { runId }));
  }

  /** Looks those up who signed in again after a run: the plan names it, and keeps its reason and ticket. */
  async function revokeAgain(runId: string, about: Pick<RunAbout, 'reason' | 'ticket'>): Promise<void> {
    reset();
    await take(call('runs.againList', { runId }));
    starting.reason.value = about.reason;
    starting.ticket.value = about.ticket;
    await resolve();
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
    ...planning,
    ...starting,
    resolve,
    reviewPerson,
    reviewText,
    retry,
    revokeAgain,
    start,
    reset,
  };
});
