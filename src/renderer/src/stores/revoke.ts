import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { ListPreview } from '../../../shared/list.ts';
import type { PlanProgress, PlanRow, PlanSummary, ReviewDecision } from '../../../shared/plan.ts';
import type { RunAbout } from '../../../shared/run.ts';
import { ok, type AppError, type Result } from '../../../shared/result.ts';
import { call, on } from '../bridge.ts';
import type { DroppedFile } from '../views/revoke/use-file-drop.ts';
import type { ChosenSource, SourceKind } from '../words/sources.ts';
import {
  isSameSource,
  NO_OPTIONS,
  selectionOf,
  withCounts,
  type ChoiceOptions,
  type Chosen,
  type RecentChoice,
} from './choice.ts';
import { useCurrentRunStore } from './current-run.ts';
import { decidedRows, rangesOf } from './decided-rows.ts';
import { loadPages } from './load-pages.ts';
import { createRowKeeper } from '../../../shared/compact-row.ts';
import { useRecentChoicesStore } from './recent-choices.ts';
import { useSessionStore } from './session.ts';

export type RevokeStep = 'who' | 'review' | 'confirm' | 'run';

/** The column that the list's reader found; none where the whole list names nobody, which nothing is looked up for. */
const columnToUse = ({ columns, identifierColumn }: ListPreview): number | null =>
  columns.some(({ ids, emails }) => ids + emails > 0) ? identifierColumn : null;

/** The work of the Revoke view, from the choice of people to the start of the run. It outlives the view. */
export const useRevokeStore = defineStore('revoke', () => {
  const session = useSessionStore();
  const run = useCurrentRunStore();
  const recent = useRecentChoicesStore();

  const step = ref<RevokeStep>(run.progress ? 'run' : 'who');
  const pasted = ref('');
  const chosen = shallowRef<readonly Chosen[]>([]);
  const options = shallowRef<ChoiceOptions>(NO_OPTIONS);
  /** Which kind of source is being filled in. */
  const kind = ref<SourceKind | null>(null);
  /** Key of the source that the form changes instead of adding one. */
  const editing = ref<number | null>(null);
  const reading = ref(false);
  /** How far the reading of a list is, 0 to 1; null while it is quick, or over. */
  const readingShare = ref<number | null>(null);
  const listError = shallowRef<AppError | null>(null);

  const resolving = ref(false);
  const progress = shallowRef<PlanProgress | null>(null);
  const planError = shallowRef<AppError | null>(null);
  const plan = shallowRef<PlanSummary | null>(null);
  const rows = shallowRef<readonly PlanRow[]>([]);
  /** Rows that have come so far, while the others are on their way; null when all are here. */
  const rowsLoaded = ref<number | null>(null);

  /** What the operator decided last about the plan is being taken up. */
  const deciding = ref(false);
  const decisionError = shallowRef<AppError | null>(null);
  /** Rows, by their index, that the look-up found ambiguous: one of several users can be chosen for them. */
  const ambiguous = shallowRef<ReadonlySet<number>>(new Set());
  /** Stays the same while the plan changes by decisions alone. */
  const lookup = ref(0);

  const reason = ref('');
  const ticket = ref('');
  const confirmation = ref('');
  const starting = ref<'dry-run' | 'run' | null>(null);
  const startError = shallowRef<AppError | null>(null);
  /** The run that this plan was run by, and when (ISO 8601): it is over then. A dry run leaves it open. */
  const ran = shallowRef<{ readonly runId: string; readonly at: string } | null>(null);
  /** The person declined in main's own dialog: nothing happened. */
  const declined = ref(false);

  /** Grows with each new choice, so that an answer to a former one is never shown. */
  let generation = 0;
  /** The same for lists: a dialog that is closed again leaves the plan alone. */
  let reads = 0;
  let keys = 0;

  const selection = computed(() => selectionOf(chosen.value, options.value));

  function dropPlan(): void {
    generation += 1;
    resolving.value = false;
    progress.value = null;
    planError.value = null;
    plan.value = null;
    rows.value = [];
    rowsLoaded.value = null;
    deciding.value = false;
    decisionError.value = null;
    forgetConfirmation();
  }

  /** What was confirmed was confirmed for another plan. */
  function forgetConfirmation(): void {
    confirmation.value = '';
    ran.value = null;
    startError.value = null;
    declined.value = false;
  }

  /** Begins anew; a run that is going on is left alone. */
  function reset(): void {
    dropPlan();
    reads += 1;
    pasted.value = '';
    chosen.value = [];
    options.value = NO_OPTIONS;
    kind.value = null;
    editing.value = null;
    listError.value = null;
    reading.value = false;
    reason.value = '';
    ticket.value = '';
    run.dismiss();
    step.value = run.active ? 'run' : 'who';
  }

  async function take(
    answer: Promise<Result<ListPreview | null>>,
    role: Chosen['role'] = 'include',
  ): Promise<void> {
    const asked = (reads += 1);
    reading.value = true;
    listError.value = null;
    const result = await answer;
    if (asked !== reads) return;
    reading.value = false;
    if (!result.ok) listError.value = result.error.code === 'cancelled' ? null : result.error;
    else if (result.data) {
      pasted.value = '';
      add({ kind: 'list', preview: result.data, column: columnToUse(result.data) }, role);
    }
  }

  /** A file that was dropped, wherever in the window. */
  async function takeFile(file: DroppedFile): Promise<void> {
    if (file.kind === 'read') await take(call('list.fromFile', { name: file.name, bytes: file.bytes }));
    else if (file.kind === 'too-large')
      listError.value = { code: 'file-too-large', message: `${file.name} is larger than 20 MB.` };
    else listError.value = { code: 'file-unreadable', message: `${file.name}: ${file.message}` };
  }

  /** Another sheet of a list's workbook takes its place. */
  async function readSheet(one: Chosen, sheet: number): Promise<void> {
    if (one.source.kind !== 'list') return;
    const asked = (reads += 1);
    reading.value = true;
    listError.value = null;
    const result = await call('list.fromSheet', { listId: one.source.preview.listId, sheet });
    if (asked !== reads) return;
    reading.value = false;
    if (result.ok)
      change(one.key, {
        source: { kind: 'list', preview: result.data, column: columnToUse(result.data) },
      });
    else listError.value = result.error.code === 'cancelled' ? null : result.error;
  }

  async function openPlan(): Promise<void> {
    reading.value = true;
    listError.value = null;
    const result = await call('plan.open', null);
    reading.value = false;
    if (!result.ok) listError.value = result.error;
    else if (result.data) add({ kind: 'plan', preview: result.data }, 'include');
  }

  /** Adds a source, or puts it in the place of the one that is being edited. */
  function add(source: ChosenSource, role: Chosen['role']): void {
    dropPlan();
    const replaced = editing.value;
    editing.value = null;
    kind.value = null;
    const others = chosen.value.filter((one) => one.key !== replaced && !isSameSource(one.source, source));
    chosen.value = [...others, { key: (keys += 1), role, source, users: null }];
  }

  /** Changes one of the sources; without a change, it is taken away. */
  function change(key: number, to: Partial<Pick<Chosen, 'role' | 'source'>> | null): void {
    dropPlan();
    if (editing.value === key) editing.value = null;
    chosen.value = chosen.value.flatMap((one) => {
      if (one.key !== key) return [one];
      return to ? [{ ...one, ...to, users: to.source ? null : one.users }] : [];
    });
  }

  function edit({ key, source }: Chosen): void {
    editing.value = key;
    kind.value = source.kind;
  }

  /** Takes up a former choice. Its lists may be closed by now: the look-up says so. */
  function takeUp({ chosen: former, options: with_ }: RecentChoice): void {
    dropPlan();
    editing.value = null;
    chosen.value = former.map((one) => ({ ...one, key: (keys += 1) }));
    options.value = with_;
  }

  /** Straight to the review of one person's tokens; nothing is revoked by that. */
  async function reviewPerson({ id, name }: { readonly id: string; readonly name: string }): Promise<void> {
    if (run.active) return;
    reset();
    add({ kind: 'user', id, name }, 'include');
    await resolve();
  }

  /** The same for what is no known person: an address as it was pasted. */
  async function reviewText(text: string): Promise<void> {
    if (run.active) return;
    reset();
    await take(call('list.fromText', { text }));
    await resolve();
  }

  function setOptions(part: Partial<ChoiceOptions>): void {
    dropPlan();
    options.value = { ...options.value, ...part };
  }

  async function loadRows(planId: string): Promise<void> {
    const asked = generation;
    rowsLoaded.value = 0;
    const keep = createRowKeeper();
    const loaded = await loadPages({
      fetchPage: async (from, count) => {
        const page = await call('plan.rows', { planId, from, count });
        return page.ok ? ok(page.data.map(keep)) : page;
      },
      onProgress: (count) => (rowsLoaded.value = count),
      isStale: () => asked !== generation,
    });
    if (loaded.kind === 'stale') return;
    rowsLoaded.value = null;
    if (loaded.kind === 'loaded') rows.value = loaded.rows;
    else planError.value = loaded.error;
  }

  /** @param readAgain asks the directory anew instead of using what it said earlier. */
  async function resolve(readAgain = false): Promise<void> {
    if (!selection.value) return;
    dropPlan();
    const asked = generation;
    resolving.value = true;
    const result = await call('plan.resolve', { ...selection.value, ...(readAgain && { readAgain }) });
    if (asked !== generation) return;
    resolving.value = false;
    progress.value = null;
    if (!result.ok) {
      planError.value = result.error;
      return;
    }
    plan.value = result.data;
    lookup.value += 1;
    chosen.value = withCounts(chosen.value, result.data);
    recent.note({ text: result.data.sourceText, chosen: chosen.value, options: options.value });
    step.value = 'review';
    ambiguous.value = new Set();
    await loadRows(result.data.planId);
    ambiguous.value = new Set(
      rows.value.flatMap(({ index, decision }) =>
        decision.kind === 'kept-back' && decision.reason === 'ambiguous' ? [index] : [],
      ),
    );
  }

  /** Main decides, and makes a new plan of it. One decision at a time. */
  async function decide(decision: ReviewDecision): Promise<void> {
    if (!plan.value || deciding.value) return;
    const asked = generation;
    deciding.value = true;
    decisionError.value = null;
    const result = await call('plan.decide', { planId: plan.value.planId, decision });
    if (asked !== generation) return;
    deciding.value = false;
    if (!result.ok) {
      decisionError.value = result.error;
      return;
    }
    forgetConfirmation();
    plan.value = result.data.plan;
    const next = decidedRows(rows.value, result.data);
    if (next) rows.value = next;
    else await loadRows(result.data.plan.planId);
  }

  /** Decides about rows of the plan. */
  const decideRows = (kind: Exclude<ReviewDecision['kind'], 'choose'>, some: readonly PlanRow[]) =>
    decide({ kind, rows: rangesOf(some) });

  async function start(kind: 'dry-run' | 'run'): Promise<void> {
    if (!plan.value || starting.value || ran.value) return;
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
    else if (result.data) {
      if (kind === 'run') {
        ran.value = { runId: result.data.runId, at: new Date().toISOString() };
        confirmation.value = '';
      }
      run.follow(result.data);
    } else declined.value = true;
  }

  on('list.progress', ({ share }) => {
    readingShare.value = share;
  });
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
    chosen,
    options,
    kind,
    editing,
    reading,
    listError,
    resolving,
    progress,
    planError,
    plan,
    rows,
    rowsLoaded,
    deciding,
    decisionError,
    lookup,
    ambiguous,
    reason,
    ticket,
    confirmation,
    starting,
    ran,
    startError,
    declined,
    selection,
    /** @param role what the users of the list are for. */
    readList: (text: string, role: Chosen['role'] = 'include') => take(call('list.fromText', { text }), role),
    takeFile,
    tryDemoList: () => take(call('list.demo', null)),
    takeUp,
    reviewPerson,
    reviewText,
    readText: () => take(call('list.fromText', { text: pasted.value })),
    openFile: () => take(call('list.fromDialog', null)),
    /** Begins anew with the users whom an earlier run did not revoke. */
    retry: (runId: string) => {
      reset();
      return take(call('runs.retryList', { runId }));
    },
    /** Looks those up who signed in again after a run: the plan names it, and keeps its reason and ticket. */
    revokeAgain: async (runId: string, about: Pick<RunAbout, 'reason' | 'ticket'>) => {
      reset();
      await take(call('runs.againList', { runId }));
      reason.value = about.reason;
      ticket.value = about.ticket;
      await resolve();
    },
    readFile: (name: string, bytes: Uint8Array) => take(call('list.fromFile', { name, bytes })),
    add,
    change,
    edit,
    setOptions,
    openPlan,
    readSheet,
    readingShare,
    cancelReading: () => call('list.cancelReading', null),
    resolve,
    decide,
    decideRows,
    cancelResolving: () => call('plan.cancelResolving', null),
    start,
    reset,
  };
});
