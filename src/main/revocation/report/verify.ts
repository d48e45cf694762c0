import type { OutcomeRow, RunVerification } from '../../../shared/run.ts';
import type { Directory } from '../ports.ts';

/** The API's `max.user.ids`. */
const BATCH = 100;

const isLater = (issued: string, revokedAt: string): boolean => Date.parse(issued) > Date.parse(revokedAt);

/**
 * Asks when the newest token of each revoked user was issued, a hundred users a call: who got one after the revocation
 * has signed in again. The API adds that time as best effort, so its absence proves nothing.
 * @throws what the directory throws.
 */
export async function verifyRows(
  rows: readonly OutcomeRow[],
  directory: Directory,
  signal: AbortSignal,
): Promise<RunVerification> {
  const revoked = rows.filter(({ outcome, userId }) => outcome === 'revoked' && userId !== null);
  const callsBefore = directory.calls;
  const again: RunVerification['again'][number][] = [];
  let unknown = 0;
  for (let from = 0; from < revoked.length; from += BATCH) {
    const batch = revoked.slice(from, from + BATCH);
    const found = await directory.activityOf(
      batch.flatMap(({ userId }) => userId ?? []),
      signal,
    );
    const issuedOf = new Map(found.map(({ id, lastTokenIssued }) => [id.toLowerCase(), lastTokenIssued]));
    for (const { index, userId, name, at } of batch) {
      const issued = issuedOf.get(userId?.toLowerCase() ?? '') ?? null;
      if (issued === null || at === null) unknown += 1;
      else if (isLater(issued, at)) again.push({ index, userId, name, tokenIssuedAt: issued });
    }
  }
  return { checked: revoked.length, unknown, calls: directory.calls - callsBefore, again };
}
