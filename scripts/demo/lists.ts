import Papa from 'papaparse';
import type { Org } from '../../src/simulator/org/org.ts';
import type { ExpectedRow, ReportRow } from './agreement.ts';

const rowsOf = (csv: string, delimiter: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true, delimiter }).data;

/**
 * What should become of each row of a leavers' list (`examples/leavers.csv`), worked out from the org itself and
 * without the app. Rows without an address are no rows.
 */
export function expectedRows(csv: string, org: Org, administrator: string): readonly ExpectedRow[] {
  const seen = new Set<string>();
  return rowsOf(csv, ';')
    .map((row) => row['Email']?.trim() ?? '')
    .filter((input) => input !== '')
    .map((input) => {
      const [user, ...others] = org.byEmail(input);
      const userId = user && others.length === 0 ? user.id : null;
      const again = seen.has(input.toLowerCase());
      seen.add(input.toLowerCase());
      if (again) return { input, userId, fate: 'duplicate' };
      if (!user) return { input, userId, fate: 'not-found' };
      if (others.length > 0) return { input, userId, fate: 'ambiguous' };
      if (user.state === 'deleted') return { input, userId, fate: 'deleted' };
      return { input, userId, fate: userId === administrator ? 'yourself' : 'revoked' };
    });
}

/** How the exported report's notes begin. A note that is none of these is compared as it stands, and so found. */
const NOTES: Readonly<Record<string, ExpectedRow['fate']>> = {
  'This is you': 'yourself',
  'Listed more than once': 'duplicate',
  'No such user': 'not-found',
  'Several users have this address': 'ambiguous',
  'The user is deleted': 'deleted',
};

function fateOf(outcome: string, note: string): string {
  if (outcome !== 'kept-back') return outcome;
  const begin = Object.keys(NOTES).find((words) => note.startsWith(words));
  return (begin === undefined ? undefined : NOTES[begin]) ?? `kept back: ${note}`;
}

/** The rows of a report that Tokendesk exported as CSV. */
export const reportRows = (csv: string): readonly ReportRow[] =>
  rowsOf(csv, ',').map((row) => ({
    input: row['input'] ?? '',
    userId: row['user_id'] ? row['user_id'] : null,
    fate: fateOf(row['outcome'] ?? '', row['note'] ?? ''),
  }));
