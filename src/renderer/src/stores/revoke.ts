import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { ListPreview, PlanProgress, PlanRow, PlanSummary, Selection } from '../../../shared/plan.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { call, on } from '../bridge.ts';
import { useCurrentRunStore } from './current-run.ts';
import { loadPages } from './load-pages.ts';
import { useSessionStore } from './session.ts';

export type RevokeStep = 'who' | 'review' | 'confirm' | 'run';

/** A list that takes part in the choice. `exclude` takes its users away from the others. */
export interface ChosenList {
  readonly role: 'include' | 'exclude';
  readonly preview: ListPreview;
  /** Index of the column that identifies users; null when none is known yet. */
  readonly column: number | null;
}

/** @returns what main resolves, or null while a list has no column or nobody is included. */
export function selectionOf(lists: readonly ChosenList[]): Selection | null {
  const sources = { include: [], exclude: [] } as {
    [K in ChosenList['role']]: Selection['include'][number][];
  };
  for (const { role, preview, column } of lists) {
    if (column === null) return null;
    sources[role].push({ kind: 'list', listId: preview.listId, column });
  }
  return sources.include.length > 0 ? sources : null;
}

/** The work of the Revoke view, from the choice of people to the start of the run. It outlives the view. */
export const useRevokeStore = defineStore('revoke', () => {
  const session = useSessionStore();
  const run = useCurrentRunStore();

  const step = ref<RevokeStep>(run.progress ? 'run' : 'who');
  const pasted = ref('');
  const lists = shallowRef<readonly ChosenList[]>([]);
  const reading = ref(false);
  const listError = shallowRef<AppError | null>(null);

  const resolving = ref(false);
  const progress = shallowRef<PlanProgress | null>(null);
  const planError = shallowRef<AppError | null>(null);
  const plan = shallowRef<PlanSummary | null>(null);
  const rows = shallowRef<readonly PlanRow[]>([]);
  /** Rows that have come so far, while the others are on their way; null when all are here. */
  const rowsLoaded = ref<number | null>(null);

  const reason = ref('');
  const ticket = ref('');
  const confirmation = ref('');
  const starting = ref<'dry-run' | 'run' | null>(null);
  const startError = shallowRef<AppError | null>(null);
  /** The person declined in main's own dialog: nothing happened. */
  const declined = ref(false);

  /** Grows with each new choice, so that an answer to a former one is never shown. */
  let generation = 0;
  /** The same for lists: a dialog that is closed again leaves the plan alone. */
  let reads = 0;

  const selection = computed(() => selectionOf(lists.value));

  function dropPlan(): void {
    generation += 1;
    resolving.value = false;
    progress.value = null;
    planError.value = null;
    plan.value = null;
    rows.value = [];
    rowsLoaded.value = null;
    confirmation.value = '';
    startError.value = null;
    declined.value = false;
  }

  /** Begins anew; a run that is going on is left alone. */
  function reset(): void {
    dropPlan();
    reads += 1;
    pasted.value = '';
    lists.value = [];
    listError.value = null;
    reading.value = false;
    reason.value = '';
    ticket.value = '';
    run.dismiss();
    step.value = run.active ? 'run' : 'who';
  }

  async function take(answer: Promise<Result<ListPreview | null>>): Promise<void> {
    const asked = (reads += 1);
    reading.value = true;
    listError.value = null;
    const result = await answer;
    if (asked !== reads) return;
    reading.value = false;
    if (!result.ok) listError.value = result.error;
    else if (result.data) {
      dropPlan();
      lists.value = [{ role: 'include', preview: result.data, column: result.data.identifierColumn }];
    }
  }

  function setColumn(listId: string, column: number): void {
    dropPlan();
    lists.value = lists.value.map((list) => (list.preview.listId === listId ? { ...list, column } : list));
  }

  function removeList(listId: string): void {
    dropPlan();
    lists.value = lists.value.filter((list) => list.preview.listId !== listId);
  }

  async function loadRows(planId: string): Promise<void> {
    const asked = generation;
    rowsLoaded.value = 0;
    const loaded = await loadPages({
      fetchPage: (from, count) => call('plan.rows', { planId, from, count }),
      onProgress: (count) => (rowsLoaded.value = count),
      isStale: () => asked !== generation,
    });
    if (loaded.kind === 'stale') return;
    rowsLoaded.value = null;
    if (loaded.kind === 'loaded') rows.value = loaded.rows;
    else planError.value = loaded.error;
  }

  async function resolve(): Promise<void> {
    if (!selection.value) return;
    dropPlan();
    const asked = generation;
    resolving.value = true;
    const result = await call('plan.resolve', selection.value);
    if (asked !== generation) return;
    resolving.value = false;
    progress.value = null;
    if (!result.ok) {
      planError.value = result.error;
      return;
    }
    plan.value = result.data;
    step.value = 'review';
    await loadRows(result.data.planId);
  }

  async function start(kind: 'dry-run' | 'run'): Promise<void> {
    if (!plan.value || starting.value) return;
    starting.value = kind;
    startError.value = null;
    declined.value = false;
    const result = await call('runs.start', {
      planId: plan.value.planId,
      dryRun: kind === 'dry-run',
      reason: reason.value.trim(),
      ticket: ticket.value.trim(),
      confirmation: confirmation.value.trim(),
    });
    starting.value = null;
    if (!result.ok) startError.value = result.error;
    else if (result.data) run.follow(result.data);
    else declined.value = true;
  }

  on('plan.progress', (next) => {
    if (resolving.value) progress.value = next;
  });
  watch(
    () => run.progress?.runId,
    (runId) => {
      if (runId !== undefined) step.value = 'run';
    },
  );
  // A plan belongs to its org. An ended session keeps its connection, so signing in again loses nothing.
  watch(
    () => session.connection?.id,
    () => reset(),
  );

  return {
    step,
    pasted,
    lists,
    reading,
    listError,
    resolving,
    progress,
    planError,
    plan,
    rows,
    rowsLoaded,
    reason,
    ticket,
    confirmation,
    starting,
    startError,
    declined,
    selection,
    readText: () => take(call('list.fromText', { text: pasted.value })),
    openFile: () => take(call('list.fromDialog', null)),
    readFile: (name: string, bytes: Uint8Array) => take(call('list.fromFile', { name, bytes })),
    setColumn,
    removeList,
    resolve,
    cancelResolving: () => call('plan.cancelResolving', null),
    start,
    reset,
  };
});
