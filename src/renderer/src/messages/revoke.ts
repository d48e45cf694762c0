import type { ListEncoding, ListFormat, ListPreview } from '../../../shared/list.ts';
import type { PlanProgress, PlanSummary } from '../../../shared/plan.ts';
import type { OutcomeKind, RunProgress, RunSummary } from '../../../shared/run.ts';
import { doneOf, remainingOf, totalOf } from '../domain/counts.ts';
import { counted, formatDuration, formatExactTime, formatNumber, formatRough } from './format.ts';

const ENCODINGS: Readonly<Record<ListEncoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'Windows-1252',
};

const DELIMITERS: Readonly<Record<NonNullable<ListPreview['delimiter']>, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
  spaces: 'spaces',
};

const FORMATS: Readonly<Record<ListFormat, string>> = {
  lines: 'one entry a line',
  'side-by-side': 'entries side by side',
  table: 'a table',
  records: 'blocks of names and values',
  json: 'JSON',
  workbook: 'Excel workbook',
};

/** How a list was read, e.g. "UTF-8, columns separated by semicolon, first row is a heading". */
export function listFormat({ format, encoding, delimiter, hasHeader, columns }: ListPreview): string {
  const layout =
    format === 'table' && delimiter !== null
      ? `columns separated by ${DELIMITERS[delimiter]}`
      : FORMATS[format];
  const header = columns.length > 1 || hasHeader ? (hasHeader ? 'with a heading' : 'no heading') : null;
  return [encoding === null ? null : ENCODINGS[encoding], layout, header]
    .filter((part) => part !== null)
    .join(', ');
}

/** The review in one or two sentences. */
export function planSentence(plan: PlanSummary): string {
  const kept = totalOf(plan.keptBack);
  const rows = `${counted(kept, 'row')} ${kept === 1 ? 'is' : 'are'} kept back.`;
  if (plan.revoke === 0) return kept === 0 ? 'Nobody is in this list.' : `No tokens will be revoked. ${rows}`;
  const users = `The tokens of ${counted(plan.revoke, 'user')} will be revoked.`;
  return kept === 0 ? `${users} Nothing is kept back.` : `${users} ${rows}`;
}

/** The same for the bar of steps, where two lines have room: "412 to revoke, 88 rows kept back". */
export function planShort(plan: PlanSummary): string {
  const kept = totalOf(plan.keptBack);
  const parts = [
    plan.revoke > 0 && `${formatNumber(plan.revoke)} to revoke`,
    kept > 0 && `${counted(kept, 'row')} kept back`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'Nobody is in this list.' : `${parts.join(', ')}.`;
}

/** What the run would cost in calls and time. */
export const planCost = (plan: PlanSummary): string =>
  plan.revoke === 0
    ? `Looking the users up took ${counted(plan.callsUsed, 'call')}.`
    : `Looking the users up took ${counted(plan.callsUsed, 'call')}. Revoking takes ${counted(plan.revoke, 'call')}, ` +
      `about ${formatDuration(plan.estimatedSeconds)} at the pace that is set now.`;

const PHASES: Readonly<Record<PlanProgress['phase'], string>> = {
  reading: 'Reading the list',
  resolving: 'Looking users up',
  reviewing: 'Checking every row',
};

/** How far resolving is, e.g. "Looking users up: 300 of 500, 3 calls". */
export function planProgressText({ phase, done, total, calls, source }: PlanProgress): string {
  const count = total === null ? formatNumber(done) : `${formatNumber(done)} of ${formatNumber(total)}`;
  return `${source === undefined ? PHASES[phase] : `Reading ${source}`}: ${count}, ${counted(calls, 'call')}`;
}

/** One line for people who cannot see the bar. */
export function progressSentence(run: RunProgress): string {
  const done = `${formatNumber(doneOf(run))} of ${counted(run.users, 'user')} done`;
  const failed = run.counts.failed > 0 ? `, ${formatNumber(run.counts.failed)} failed` : '';
  const left = run.secondsLeft === null ? '' : `, about ${formatRough(run.secondsLeft)} left`;
  return `${done}${failed}${left}.`;
}

/** What every other outcome is called behind the first sentence, in the order of the report. */
const OTHERS: readonly (readonly [OutcomeKind, string])[] = [
  ['not-found', 'not found'],
  ['forbidden', 'not allowed'],
  ['failed', 'failed'],
];

/** What became of the users of a run that does not go on any more: every outcome that there is. */
export function endSentence(
  run: Pick<RunProgress, 'state' | 'dryRun' | 'users' | 'counts'> &
    Partial<Pick<RunSummary, 'damage' | 'unanswered'>>,
): string {
  const { counts, users, unanswered = 0 } = run;
  const done = run.dryRun ? counts['would-revoke'] : counts.revoked;
  const all = `The tokens of ${formatNumber(done)} of ${counted(users, 'user')} ${run.dryRun ? 'would be' : 'were'} revoked.`;
  return [
    run.state.kind === 'cancelled' && 'Cancelled.',
    all,
    othersSentence(run),
    openSentence(run),
    keptBackSentence(counts['kept-back']),
    run.damage && unanswered > 0 ? uncertain(unanswered) : unansweredSentence(unanswered),
  ]
    .filter((part) => part !== false && part !== '')
    .join(' ');
}

/** How many of them, for the bar of steps: "412 of 500 revoked". */
export function endShort({
  dryRun,
  counts,
  users,
}: Pick<RunProgress, 'dryRun' | 'users' | 'counts'>): string {
  const of = `of ${formatNumber(users)}`;
  return dryRun
    ? `Dry run: ${formatNumber(counts['would-revoke'])} ${of} would be revoked.`
    : `${formatNumber(counts.revoked)} ${of} revoked.`;
}

/** Without those whose answer is not recorded: they have a sentence of their own. */
function othersSentence({ counts, unanswered = 0 }: Parameters<typeof endSentence>[0]): string {
  const parts = OTHERS.flatMap(([kind, name]) => {
    const count = kind === 'failed' ? counts[kind] - unanswered : counts[kind];
    return count > 0 ? [`${formatNumber(count)} ${name}`] : [];
  });
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

function openSentence(run: Parameters<typeof endSentence>[0]): string {
  const open = remainingOf(run);
  if (open === 0) return '';
  const who = counted(open, 'user');
  if (run.damage) return uncertain(open);
  if (run.state.kind === 'interrupted') return `${who} ${open === 1 ? 'has' : 'have'} no outcome yet.`;
  return `${who} ${open === 1 ? 'was' : 'were'} not attempted.`;
}

const uncertain = (users: number): string => `What became of ${counted(users, 'user')} is not certain.`;

const keptBackSentence = (rows: number): string =>
  rows === 0 ? '' : `${counted(rows, 'row')} ${rows === 1 ? 'was' : 'were'} kept back.`;

/** Who ended a run and when, e.g. "Cancelled by Anna Berg, 26 November 2026 at 09:27:14"; empty until it has ended. */
export function endedBy(
  { state, about }: Pick<RunProgress, 'state' | 'about'>,
  endedWhy: string | null = null,
): string {
  if (state.kind !== 'finished' && state.kind !== 'cancelled') return '';
  const at = formatExactTime(state.at);
  if (state.kind === 'finished') return `Run by ${about.operator}. Ended ${at}.`;
  const how = endedWhy !== null && endedWhy !== CANCELLED ? endedWhy : `Cancelled by ${about.operator}`;
  return `${how}. Ended ${at}.`;
}

/** As the journal says it of every run that was cancelled while it went on. */
const CANCELLED = 'Cancelled by the operator';

/** Users whose call was begun and whose answer nobody wrote down: neither revoked nor left alone for certain. */
const unansweredSentence = (unanswered: number): string =>
  unanswered === 0
    ? ''
    : `For ${counted(unanswered, 'user')} a call was begun whose answer is not recorded: their tokens may have been revoked or not.`;

/** What closing an interrupted run for good does, in a few sentences. */
export function closingSentence(run: Pick<RunSummary, 'counts' | 'users' | 'unanswered'>): string {
  const open = remainingOf(run);
  const parts = [
    open > 0 &&
      `${counted(open, 'user')} without an outcome ${open === 1 ? 'becomes' : 'become'} “not attempted”: their tokens are left as they are.`,
    run.unanswered > 0 &&
      `${counted(run.unanswered, 'user')} whose answer was never recorded ${run.unanswered === 1 ? 'stays' : 'stay'} “failed”: whether their tokens were revoked, nobody knows.`,
    'The run can then not be resumed, and its report is complete.',
  ];
  return parts.filter((part) => part !== false).join(' ');
}
