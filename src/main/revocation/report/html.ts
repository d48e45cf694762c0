import type { KeepOutSummary } from '../../../shared/keep-out.ts';
import type { OutcomeKind, OutcomeRow, RunSummary, RunVerification } from '../../../shared/run.ts';
import { hasEnded } from '../run/state.ts';

/** Failures listed on the page; the CSV has all of them. */
const MAX_LISTED = 40;

/** Verifications listed, the last ones. */
const MAX_TIMES = 10;

const OUTCOMES: readonly (readonly [OutcomeKind, string])[] = [
  ['revoked', 'Revoked'],
  ['would-revoke', 'Would be revoked (dry run)'],
  ['not-found', 'Not found'],
  ['forbidden', 'Not allowed'],
  ['failed', 'Failed'],
  ['not-attempted', 'Not attempted'],
  ['kept-back', 'Kept back'],
];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names, reasons and messages come from outside: nothing of them is ever markup. */
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');

const line = (name: string, value: string): string =>
  `<tr><th scope="row">${escape(name)}</th><td>${escape(value)}</td></tr>`;

const minutes = (run: RunSummary): number | null =>
  run.endedAt === null ? null : (Date.parse(run.endedAt) - Date.parse(run.createdAt)) / 60_000;

/** Users of the plan whose tokens were not ended. */
const NOT_REVOKED: readonly OutcomeKind[] = ['failed', 'forbidden', 'not-found', 'not-attempted'];

const cells = (values: readonly string[]): string =>
  `<tr>${values.map((value) => `<td>${escape(value)}</td>`).join('')}</tr>`;

/** Who has signed in again since: every time that was asked, and the names of the last time. */
function verified(verifications: readonly RunVerification[]): string {
  const latest = verifications.at(-1);
  if (!latest) return '';
  const times = verifications
    .slice(-MAX_TIMES)
    .map(({ at, operator, checked, unknown, calls, againCount }) =>
      cells([
        at,
        operator,
        ...[checked, calls, unknown, againCount].map((count) => count.toLocaleString('en')),
      ]),
    );
  const names = latest.again
    .slice(0, MAX_LISTED)
    .map(({ name, userId, tokenIssuedAt }) => cells([name ?? '', userId ?? '', tokenIssuedAt]));
  const rest = latest.againCount - names.length;
  return (
    '<h2>Who has signed in again since</h2><table><tr><th>Asked</th><th>By</th><th>Users asked about</th><th>API calls</th>' +
    `<th>No time told</th><th>Got a token</th></tr>${times.join('')}</table>` +
    (names.length > 0
      ? `<h3>Got a token, as of ${escape(latest.at)}</h3><table>${names.join('')}</table>`
      : '') +
    (rest > 0 ? `<p>And ${rest.toLocaleString('en')} more: they stand in the JSON.</p>` : '')
  );
}

/** Whose users were revoked again whenever they came back, and who did. */
function keptOutTables(keptOut: readonly KeepOutSummary[]): string {
  if (keptOut.length === 0) return '';
  const times = keptOut.map((keepOut) =>
    cells([
      keepOut.about.createdAt,
      hasEnded(keepOut.state) ? `${keepOut.state.at}: ${keepOut.endedWhy ?? ''}` : keepOut.state.kind,
      keepOut.about.operator,
      ...[keepOut.users, keepOut.looks, keepOut.returns, keepOut.revoked].map((count) =>
        count.toLocaleString('en'),
      ),
    ]),
  );
  const back = keptOut.flatMap((keepOut) => keepOut.back);
  const names = back
    .slice(0, MAX_LISTED)
    .map(({ name, userId, returns, issuedAt, revokedAt, byItself }) =>
      cells([
        `${name ?? ''} ${userId}`,
        `${returns.toLocaleString('en')}${byItself ? ', signs in by itself' : ''}`,
        issuedAt,
        revokedAt ?? 'not revoked again',
      ]),
    );
  return (
    '<h2>Kept out afterwards</h2><table><tr><th>Begun</th><th>Ended</th><th>By</th><th>Users</th><th>Looks</th>' +
    `<th>New tokens</th><th>Revoked again</th></tr>${times.join('')}</table>` +
    (names.length > 0
      ? `<h3>Who came back</h3><table><tr><th>User</th><th>Times</th><th>Newest token</th><th>Revoked again</th></tr>${names.join('')}</table>`
      : '') +
    (back.length > names.length
      ? `<p>And ${(back.length - names.length).toLocaleString('en')} more: they stand in the JSON.</p>`
      : '')
  );
}

const STYLE = `
body { font: 14px/1.45 system-ui, sans-serif; color: #14181f; background: #fff; max-width: 760px; margin: 32px auto; padding: 0 24px; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 15px; margin: 24px 0 6px; } h3 { font-size: 14px; margin: 14px 0 4px; } p { margin: 4px 0; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid #d8dce3; overflow-wrap: anywhere; }
th[scope=row] { width: 34%; font-weight: 600; } .number { text-align: end; } .mono { font-family: ui-monospace, monospace; font-size: 12px; }
@media print { body { margin: 0; max-width: none; } @page { margin: 16mm; } }`;

/**
 * One page for the incident file: whole in itself, nothing is loaded and nothing runs.
 * @param now ISO 8601, when it is made.
 */
export function toHtml(
  run: RunSummary,
  rows: Iterable<OutcomeRow>,
  verifications: readonly RunVerification[],
  now: string,
  keptOut: readonly KeepOutSummary[] = [],
): string {
  const failures: OutcomeRow[] = [];
  let notRevoked = 0;
  let calls = 0;
  for (const row of rows) {
    calls += row.attempts;
    if (!NOT_REVOKED.includes(row.outcome)) continue;
    notRevoked += 1;
    if (failures.length < MAX_LISTED) failures.push(row);
  }
  const length = minutes(run);
  const facts = [
    line('Organization', `${run.organization.name} (${run.organization.id})${run.demo ? ', demo' : ''}`),
    line('Connection', run.connectionLabel),
    line('Region', run.region || 'Unknown'),
    line('Operator', run.operator),
    line('Reason', run.reason || 'None given'),
    line('Ticket', run.ticket || 'None given'),
    ...(run.choice === null ? [] : [line('Chosen', run.choice)]),
    line('Begun', run.createdAt),
    line('Ended', run.endedAt ?? 'Not yet'),
    ...(length === null || length <= 0
      ? []
      : [line('Rate', `${(run.users / length).toFixed(0)} users a minute, pauses included`)]),
    line('State', run.endedWhy === null ? run.state.kind : `${run.state.kind}: ${run.endedWhy}`),
    line('Revocation calls', String(calls)),
    line('Run', run.runId),
    ...(run.parent ? [line('Retries the failures of', run.parent)] : []),
    line('Plan (SHA-256)', run.planHash),
  ];
  const counts = OUTCOMES.filter(([kind]) => run.counts[kind] > 0).map(
    ([kind, name]) =>
      `<tr><th scope="row">${kind === 'not-attempted' && run.endedAt === null ? 'No outcome yet' : name}</th><td class="number">${run.counts[kind].toLocaleString('en')}</td></tr>`,
  );
  const listed = failures.map(
    ({ name, email, input, userId, outcome, note, status, details = [] }) =>
      `<tr><td>${escape(name ?? input)}<br><span class="mono">${escape(email ?? '')} ${escape(userId ?? '')}</span>${details.map(([column, value]) => `<br>${escape(column)}: ${escape(value)}`).join('')}</td>` +
      `<td>${escape(outcome)}</td><td>${escape(note ?? '')}${status === null ? '' : ` (${status})`}</td></tr>`,
  );
  const rest = notRevoked - failures.length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Revocation of ${escape(run.createdAt.slice(0, 10))}, ${escape(run.organization.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${run.dryRun ? 'Dry run of a token revocation' : 'Token revocation'}</h1>
<p>Genesys Cloud, ${escape(run.organization.name)}. ${run.dryRun ? 'Nobody’s tokens were revoked.' : 'All tokens of the users counted as revoked were ended.'}</p>
${run.damage === null ? '' : `<p><strong>The record of this run is damaged: ${escape(run.damage)}</strong></p>`}
<h2>The run</h2>
<table>${facts.join('')}</table>
<h2>Outcomes of ${run.users.toLocaleString('en')} users</h2>
<table>${counts.join('')}</table>
${listed.length === 0 ? '' : `<h2>Not revoked</h2><table>${listed.join('')}</table>`}
${rest > 0 ? `<p>And ${rest.toLocaleString('en')} more: they stand in the CSV.</p>` : ''}
${verified(verifications)}
${keptOutTables(keptOut)}
<p>All times are UTC (ISO 8601). Made ${escape(now)} from the journal of the run. The journal itself is the evidence: its lines are chained by SHA-256.</p>
</body>
</html>
`;
}
