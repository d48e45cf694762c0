import { ArchiveX, ShieldCheck, ShieldQuestion, TriangleAlert } from '@lucide/vue';
import type { KeepOutSummary } from '../../../../shared/keep-out.ts';
import type { RunState, RunSummary } from '../../../../shared/run.ts';
import type { KeptRecord } from '../../../../shared/triage.ts';
import type { Look } from '../../components/status-look.ts';
import { runTitle, stateText } from '../../messages/run.ts';
import { leakedTokenTitle, recordState } from '../../messages/triage.ts';
import { RUN_STATE_LOOKS } from './run-looks.ts';

/** What a record is of. */
type EntryOf =
  | { readonly kind: 'run'; readonly run: RunSummary }
  | { readonly kind: 'keep-out'; readonly keepOut: KeepOutSummary }
  | { readonly kind: 'token'; readonly record: KeptRecord };

/** One line of the table of what was done on this computer; null is what such a record has not. */
export interface Entry {
  readonly of: EntryOf;
  /** Unlike that of every other entry. */
  readonly key: string;
  /** ISO 8601. */
  readonly at: string;
  /** What it is, where that is no revocation and the title does not say so. */
  readonly badge: string;
  readonly title: string;
  readonly state: string;
  readonly look: Look;
  readonly filter: EntryFilter;
  readonly users: number | null;
  readonly revoked: number | null;
  readonly failed: number | null;
  readonly organization: string;
  readonly demo: boolean;
  readonly seconds: number | null;
  readonly operator: string | null;
  readonly id: string;
  readonly parent: string | null;
}

export type EntryFilter = RunState['kind'] | 'damaged' | 'keep-out' | 'token';

const withTicket = (title: string, ticket: string): string =>
  [title, ticket].filter((part) => part !== '').join(' · ');

/** From its start to its end, pauses and interruptions included; never negative. */
const secondsBetween = (from: string, to: string): number =>
  Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);

/** What its record says of its state, where it can be read. */
const stateOf = ({ damage, state }: Pick<RunSummary, 'damage' | 'state'>): Pick<Entry, 'state' | 'look'> =>
  damage === null
    ? { state: stateText(state), look: RUN_STATE_LOOKS[state.kind] }
    : { state: 'Record damaged', look: { icon: TriangleAlert, tone: 'danger' } };

function ofRun(run: RunSummary): Entry {
  const { counts, damage } = run;
  const { state, look } = stateOf(run);
  return {
    of: { kind: 'run', run },
    key: run.runId,
    at: run.createdAt,
    badge: run.dryRun && run.reason !== '' ? 'Dry run' : '',
    title: withTicket(runTitle(run), run.ticket),
    state: run.elsewhere ? `${state}, in another Tokendesk` : state,
    look,
    filter: damage === null ? run.state.kind : 'damaged',
    users: run.users,
    revoked: counts.revoked,
    failed: counts.failed + counts.forbidden,
    organization: run.organization.name,
    demo: run.demo,
    seconds: run.endedAt === null ? null : secondsBetween(run.createdAt, run.endedAt),
    operator: run.operator,
    id: run.runId,
    parent: run.parent,
  };
}

function ofKeepOut(keepOut: KeepOutSummary): Entry {
  const { about, state } = keepOut;
  return {
    of: { kind: 'keep-out', keepOut },
    key: keepOut.keepOutId,
    at: about.createdAt,
    badge: 'Keep out',
    title: withTicket(about.reason || 'Kept out', about.ticket),
    ...stateOf(keepOut),
    filter: 'keep-out',
    users: keepOut.users,
    revoked: keepOut.revoked,
    failed: null,
    organization: about.organization.name,
    demo: about.demo,
    seconds: 'at' in state ? secondsBetween(about.createdAt, state.at) : null,
    operator: about.operator,
    id: keepOut.runId,
    parent: null,
  };
}

function ofRecord(record: KeptRecord): Entry {
  const revoked = record.revokedAt !== null;
  return {
    of: { kind: 'token', record },
    key: record.recordId,
    at: record.keptAt,
    badge: '',
    title: leakedTokenTitle(record),
    state: recordState(record),
    look: {
      icon: revoked ? ShieldCheck : record.who === null ? ArchiveX : ShieldQuestion,
      tone: revoked ? 'success' : 'neutral',
    },
    filter: 'token',
    users: null,
    revoked: null,
    failed: null,
    organization: record.organization ?? '',
    demo: false,
    seconds: null,
    operator: null,
    id: record.recordId,
    parent: null,
  };
}

/** Runs, keepings-out and records of leaked tokens, the newest first. */
export const entriesOf = (
  runs: readonly RunSummary[],
  keepOuts: readonly KeepOutSummary[],
  records: readonly KeptRecord[],
): readonly Entry[] =>
  [...runs.map(ofRun), ...keepOuts.map(ofKeepOut), ...records.map(ofRecord)].sort(
    (a, b) => Date.parse(b.at) - Date.parse(a.at),
  );
