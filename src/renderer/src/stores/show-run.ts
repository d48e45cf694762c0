import { useNavigationStore } from './navigation.ts';
import { useRunsStore } from './runs.ts';

/** Opens the page of a run; without one, the list of all. */
export function showRun(runId: string | null): void {
  useRunsStore().openRunId = runId;
  useNavigationStore().show('runs');
}
