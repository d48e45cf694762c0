import { ref, shallowRef } from 'vue';
import type { PlanSummary } from '../../../../shared/plan.ts';
import type { AppError } from '../../../../shared/result.ts';
import type { RunProgress } from '../../../../shared/run.ts';
import { call } from '../../bridge.ts';

/** What is said and confirmed before a run, and its start. @param onStarted told of the run that goes on now. */
export function useStarting(onStarted: (run: RunProgress) => void) {
  const reason = ref('');
  const ticket = ref('');
  const confirmation = ref('');
  const starting = ref<'dry-run' | 'run' | null>(null);
  const startError = shallowRef<AppError | null>(null);
  /** The run that this plan was run by, and when (ISO 8601): it is over then. A dry run leaves it open. */
  const ran = shallowRef<{ readonly runId: string; readonly at: string } | null>(null);
  /** The person declined in main's own dialog: nothing happened. */
  const declined = ref(false);

  function forgetConfirmation(): void {
    confirmation.value = '';
    ran.value = null;
    startError.value = null;
    declined.value = false;
  }

  async function startPlan({ planId }: PlanSummary, kind: 'dry-run' | 'run'): Promise<void> {
    if (starting.value || ran.value) return;
    starting.value = kind;
    startError.value = null;
    declined.value = false;
    const result = await call('runs.start', {
      planId,
      dryRun: kind === 'dry-run',
      reason: reason.value.trim(),
      ticket: ticket.value.trim(),
      confirmation: confirmation.value.trim(),
    });
    starting.value = null;
    if (!result.ok) startError.value = result.error;
    else if (result.data) {
      if (kind === 'run') {
        ran.value = { runId: result.data.runId, at: new Date().toISOString() };
        confirmation.value = '';
      }
      onStarted(result.data);
    } else declined.value = true;
  }

  return {
    reason,
    ticket,
    confirmation,
    starting,
    startError,
    ran,
    declined,
    forgetConfirmation,
    startPlan,
  };
}
