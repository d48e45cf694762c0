import type { RunSummary } from '../../../../shared/run.ts';
import type { TableColumn } from '../../components/table/types.ts';
import { formatCountdown, formatDateTime, formatNumber } from '../../words/format.ts';
import { stateText } from './run-state.ts';

/** What a run is called: by its reason, where one was given. */
export const runTitle = ({ reason, dryRun }: Pick<RunSummary, 'reason' | 'dryRun'>): string =>
  reason || (dryRun ? 'Dry run' : 'Revocation');

/** The state in words; a dry run says so, so that nobody takes it for a revocation. */
export const runStateText = (run: RunSummary): string =>
  [
    run.damage === null ? stateText(run.state) : 'Record damaged',
    ...(run.elsewhere ? ['in another Tokendesk'] : []),
    ...(run.dryRun ? ['dry run'] : []),
  ].join(', ');

/** From its start to its end, pauses and interruptions included; null while it has none. */
const secondsOf = ({ createdAt, endedAt }: RunSummary): number | null =>
  endedAt === null ? null : Math.max(0, (Date.parse(endedAt) - Date.parse(createdAt)) / 1000);

const count = (key: string, title: string, width: number, value: (run: RunSummary) => number) =>
  ({
    key,
    title,
    width,
    value,
    text: (run) => formatNumber(value(run)),
    align: 'end',
    searched: false,
  }) satisfies TableColumn<RunSummary>;

/** Those shown from the start fit a window of 1280 pixels; the run's page has them all. */
export const RUN_COLUMNS: readonly TableColumn<RunSummary>[] = [
  {
    key: 'started',
    title: 'Started',
    width: 144,
    value: (run) => run.createdAt,
    text: (run) => formatDateTime(run.createdAt),
  },
  {
    key: 'reason',
    title: 'Reason, ticket',
    width: 150,
    value: (run) => [runTitle(run), run.ticket].filter((part) => part !== '').join(' · '),
  },
  { key: 'state', title: 'State', width: 116, value: runStateText },
  count('users', 'Users', 88, ({ users }) => users),
  count('revoked', 'Revoked', 100, ({ counts }) => counts.revoked),
  count('failed', 'Failed', 88, ({ counts }) => counts.failed + counts.forbidden),
  { key: 'organization', title: 'Organization', width: 140, value: (run) => run.organization.name },
  {
    key: 'duration',
    title: 'Duration',
    width: 96,
    value: secondsOf,
    text: (run) => {
      const seconds = secondsOf(run);
      return seconds === null ? '' : formatCountdown(seconds);
    },
    align: 'end',
    searched: false,
  },
  { key: 'operator', title: 'Operator', width: 120, value: (run) => run.operator, hidden: true },
  { key: 'runId', title: 'Run id', width: 220, value: (run) => run.runId, hidden: true, isId: true },
  { key: 'parent', title: 'Tries again', width: 220, value: (run) => run.parent, hidden: true },
];
