/** What the leavers' list says should become of a row, or what a report says did. */
export type Fate = 'revoked' | KeptBack;

const KEPT_BACK = ['yourself', 'duplicate', 'not-found', 'ambiguous', 'deleted'] as const;
type KeptBack = (typeof KEPT_BACK)[number];

export interface ExpectedRow {
  /** As it stands in the list, without white space around it. */
  readonly input: string;
  /** Null when nobody, or more than one, has the address. */
  readonly userId: string | null;
  readonly fate: Fate;
}

export interface ReportRow {
  readonly input: string;
  readonly userId: string | null;
  /** A `Fate`, or the report's own words where they name none. */
  readonly fate: string;
}

export interface Evidence {
  readonly expected: readonly ExpectedRow[];
  readonly report: readonly ReportRow[];
  /** The server's ledger: user id → revocations. */
  readonly revocations: Readonly<Record<string, readonly unknown[]>>;
  /** User id of whoever ran it. */
  readonly administrator: string;
  /** What to call a user of whom the report says nothing. */
  readonly nameOf: (userId: string) => string;
}

/**
 * Compares the report with the list and with what the server did, row by row and user by user.
 * @returns one sentence for each disagreement; empty when all three say the same.
 */
export function disagreements(evidence: Evidence): readonly string[] {
  return [...reportAgainstList(evidence), ...reportAgainstLedger(evidence)];
}

function reportAgainstList({ expected, report }: Evidence): readonly string[] {
  const found: string[] = [];
  if (expected.length !== report.length)
    found.push(`The list has ${expected.length} rows, the report ${report.length}.`);
  expected.forEach((wanted, at) => {
    const row = report[at];
    if (!row) return;
    const place = `Row ${at + 1}, ${wanted.input}`;
    if (row.input !== wanted.input) found.push(`${place}: the report has ${row.input} there.`);
    else if (row.fate !== wanted.fate)
      found.push(`${place}: should be ${wanted.fate}, the report says ${row.fate}.`);
    else if (wanted.userId !== null && row.userId !== wanted.userId)
      found.push(`${place}: is user ${wanted.userId}, the report says ${row.userId ?? 'nobody'}.`);
  });
  return found;
}

function reportAgainstLedger({ report, revocations, administrator, nameOf }: Evidence): readonly string[] {
  const found: string[] = [];
  const isRevoked = (userId: string): boolean => (revocations[userId]?.length ?? 0) > 0;
  const reported = new Map<string, ReportRow>();
  for (const row of report) {
    if (row.fate !== 'revoked') continue;
    if (row.userId === null) found.push(`${row.input}: revoked in the report, without a user id.`);
    else if (reported.has(row.userId)) found.push(`${row.input}: revoked twice in the report.`);
    else reported.set(row.userId, row);
  }
  for (const [userId, { input }] of reported)
    if (!isRevoked(userId)) found.push(`${input}: revoked in the report, not at the server.`);
  for (const userId of Object.keys(revocations)) {
    if (!isRevoked(userId) || reported.has(userId)) continue;
    const row = report.find((one) => one.userId === userId);
    found.push(
      `${row?.input ?? nameOf(userId)}: revoked at the server; the report says ${row?.fate ?? 'nothing of this user'}.`,
    );
  }
  if (isRevoked(administrator)) found.push('The administrator who ran it was revoked at the server.');
  return found;
}

/** How many rows have which fate, in a fixed order; fates that nobody has are left out. */
export function tally(
  rows: readonly { readonly fate: string }[],
): readonly { readonly fate: Fate; readonly rows: number }[] {
  return (['revoked', ...KEPT_BACK] as const)
    .map((fate) => ({ fate, rows: rows.filter((row) => row.fate === fate).length }))
    .filter((entry) => entry.rows > 0);
}
