import type { KeepBackRules, PlanSummary, Selection, TargetSource } from '../../../shared/plan.ts';
import type { AppError } from '../../../shared/result.ts';
import type { ChosenSource } from './chosen-source.ts';

/** A source that takes part in the choice. `exclude` takes its users away from the others. */
export interface Chosen {
  readonly key: number;
  readonly role: 'include' | 'exclude';
  readonly source: ChosenSource;
  /** Different users it stood for when they were last looked up. */
  readonly users: number | null;
}

/** What is kept back on request, and whether the operator goes too. */
export interface ChoiceOptions {
  readonly noToken: 'off' | 'never' | 'since';
  /** YYYY-MM-DD; empty while none is typed. */
  readonly since: string;
  readonly onCall: boolean;
  readonly yourself: boolean;
}

export const NO_OPTIONS: ChoiceOptions = { noToken: 'off', since: '', onCall: false, yourself: false };

function targetOf(source: ChosenSource): TargetSource | null {
  if (source.kind === 'list')
    return source.column === null
      ? null
      : {
          kind: 'list',
          listId: source.preview.listId,
          column: source.column,
          ...(source.details && source.details.length > 0 && { details: source.details }),
        };
  if (source.kind === 'plan') return { kind: 'plan', savedPlanId: source.preview.savedPlanId };
  return source;
}

function rulesOf({ noToken, since, onCall }: ChoiceOptions): KeepBackRules | null {
  if (noToken === 'since') return { noToken: { kind: 'since', day: since }, onCall };
  if (noToken === 'never') return { noToken: { kind: 'never' }, onCall };
  return onCall ? { noToken: null, onCall } : null;
}

/** A choice that was looked up before, to be taken up again. */
export interface RecentChoice {
  /** In words, e.g. "Customer Care Europe except Engage Supervisor". */
  readonly text: string;
  readonly chosen: readonly Chosen[];
  readonly options: ChoiceOptions;
}

/** @returns what main resolves, or null while a list has no column, a day is missing or nobody is included. */
export function selectionOf(chosen: readonly Chosen[], options: ChoiceOptions): Selection | null {
  const include: TargetSource[] = [];
  const exclude: TargetSource[] = [];
  for (const { role, source } of chosen) {
    const target = targetOf(source);
    if (!target) return null;
    (role === 'include' ? include : exclude).push(target);
  }
  if (include.length === 0 || (options.noToken === 'since' && options.since === '')) return null;
  const keepBack = rulesOf(options);
  return {
    include,
    exclude,
    ...(keepBack && { keepBack }),
    ...(options.yourself && { includeYourself: true }),
  };
}

/** Writes what a plan found onto the sources it was made of. */
export function withCounts(chosen: readonly Chosen[], { sources }: PlanSummary): readonly Chosen[] {
  const left = { include: [] as number[], exclude: [] as number[] };
  for (const { role, users } of sources) left[role].push(users);
  return chosen.map((source) => ({ ...source, users: left[source.role].shift() ?? source.users }));
}

/** Key of the source that a lookup failed at; null when it failed at none, or at none that is still chosen. */
export const failedKey = (chosen: readonly Chosen[], error: AppError | null): number | null => {
  const place = error?.source;
  return (place && chosen.filter(({ role }) => role === place.role)[place.index]?.key) ?? null;
};

/** Two cards for the same thing would only look like more. */
export const isSameSource = (a: ChosenSource, b: ChosenSource): boolean =>
  JSON.stringify(targetOf(a)) === JSON.stringify(targetOf(b)) && a.kind !== 'list';
