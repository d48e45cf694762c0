import type { OutcomeRow } from '../../../shared/run.ts';
import { LISTED_IDS } from '../../api-limits.ts';
import { parseApiTime } from '../../api-time.ts';
import { failure } from '../../failure.ts';
import type { VerificationRecord } from '../history/verifications.ts';
import type { Directory } from '../ports.ts';
import { revokedSince } from './rows.ts';

/**
 * Asks when the newest token of each revoked user was issued, a hundred users a call: who got one after the revocation
 * has signed in again. The API adds that time as best effort, so its absence proves nothing.
 * @param onAsked told how many users have been asked about, of how many.
 * @throws AppFailure `cancelled`, and what the directory throws.
 */
export async function verifyRows(
  rows: Iterable<OutcomeRow>,
  directory: Directory,
  signal: AbortSignal,
  onAsked: (asked: number, users: number) => void,
): Promise<Pick<VerificationRecord, 'checked' | 'unknown' | 'calls' | 'again'>> {
  const revoked = [...rows].flatMap((row) => {
    const { outcome, index, userId } = row;
    return outcome === 'revoked' && userId !== null ? [{ index, userId, since: revokedSince(row) }] : [];
  });
  const callsBefore = directory.calls;
  const again: VerificationRecord['again'] = [];
  let unknown = 0;
  for (let from = 0; from < revoked.length; from += LISTED_IDS) {
    onAsked(from, revoked.length);
    const batch = revoked.slice(from, from + LISTED_IDS);
    const found = await directory
      .activityOf(
        batch.map(({ userId }) => userId),
        ['last-token'],
        signal,
      )
      .catch((error: unknown) => {
        throw signal.aborted ? failure('cancelled', 'Asking about the users was cancelled.', error) : error;
      });
    const issuedOf = new Map(found.map(({ id, lastTokenIssued }) => [id.toLowerCase(), lastTokenIssued]));
    for (const { index, userId, since } of batch) {
      const issued = issuedOf.get(userId.toLowerCase()) ?? '';
      const time = parseApiTime(issued);
      if (Number.isNaN(time) || since === null) unknown += 1;
      else if (time > Date.parse(since)) again.push({ index, userId, tokenIssuedAt: issued });
    }
    if (signal.aborted) throw failure('cancelled', 'Asking about the users was cancelled.');
  }
  return { checked: revoked.length, unknown, calls: directory.calls - callsBefore, again };
}
