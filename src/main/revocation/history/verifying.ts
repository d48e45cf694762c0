import type { RunVerification, RunVerifications, VerificationProgress } from '../../../shared/run.ts';
import { type Clock, nowIso } from '../../clock.ts';
import { failure } from '../../failure.ts';
import type { RevocationSession } from '../ports.ts';
import { verifyRows } from '../report/verify.ts';
import { reportRows, type LoadedRun } from './load.ts';
import type { Runs } from './runs.ts';
import { addVerification, readVerifications, type VerificationRecord } from './verifications.ts';

/** Users that one message to the window names; the others are counted. */
const MAX_NAMED = 1_000;

export interface Verifying {
  /** @throws AppFailure `other-organization`, `cancelled`, and what the directory throws. */
  verify(runId: string, session: RevocationSession): Promise<RunVerifications>;
  cancel(): void;
  /** What is kept beside the journal. */
  latest(runId: string): Promise<RunVerifications>;
  /** Ids of those whom the latest found signed in again. */
  againIds(runId: string): Promise<readonly string[]>;
  /** Every verification with every name, oldest first, for a report. */
  all(runId: string): Promise<readonly RunVerification[]>;
}

const named = (
  { at, operator, checked, unknown, calls, again }: VerificationRecord,
  rows: LoadedRun['rows'],
  most = Infinity,
): RunVerification => ({
  at,
  operator: operator.name,
  checked,
  unknown,
  calls,
  againCount: again.length,
  again: again.slice(0, most).map((user) => ({ ...user, name: rows[user.index]?.name ?? null })),
});

/** Asks who has signed in again since a run revoked them, and keeps the answers as evidence. */
export function createVerifying(options: {
  readonly runs: Runs;
  readonly clock: Clock;
  readonly onProgress: (progress: VerificationProgress) => void;
}): Verifying {
  const { runs, clock, onProgress } = options;
  let latest = new AbortController();

  const kept = async (runId: string): Promise<RunVerifications> => {
    const { records, damage } = await readVerifications(runs.folderOf(runId));
    const last = records.at(-1);
    const latest = last ? named(last, (await runs.load(runId)).rows, MAX_NAMED) : null;
    return { latest, earlier: Math.max(0, records.length - 1), damage, recorded: true };
  };

  const verify = async (
    runId: string,
    { connection, directory, operator }: RevocationSession,
    signal: AbortSignal,
  ): Promise<RunVerifications> => {
    const run = await runs.load(runId);
    const { header } = run.replayed;
    if (header?.orgId !== connection.organization.id)
      throw failure('other-organization', `This run belongs to ${header?.orgName ?? 'another org'}.`);
    const at = nowIso(clock);
    const found = await verifyRows(reportRows(run), directory, signal, (asked, users) =>
      onProgress({ runId, asked, users }),
    );
    const record: VerificationRecord = { v: 1, at, journal: run.tail.prev, operator, ...found };
    try {
      await addVerification(runs.folderOf(runId), record);
    } catch {
      // The calls are spent: what they told is shown all the same.
      const latest = named(record, run.rows, MAX_NAMED);
      return { latest, earlier: 0, damage: null, recorded: false };
    }
    return kept(runId);
  };

  return {
    verify: (runId, session) => {
      latest.abort();
      latest = new AbortController();
      return verify(runId, session, latest.signal);
    },
    cancel: () => latest.abort(),
    latest: kept,
    againIds: async (runId) =>
      (await readVerifications(runs.folderOf(runId))).records.at(-1)?.again.map(({ userId }) => userId) ?? [],
    all: async (runId) => {
      const { records } = await readVerifications(runs.folderOf(runId));
      if (records.length === 0) return [];
      const { rows } = await runs.load(runId);
      return records.map((record) => named(record, rows));
    },
  };
}
