import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { showView } from '../../e2e/support/window.ts';
import { createRandom } from '../../src/main/hardening/scale.ts';
import { journalPath, writePlan } from '../../src/main/revocation/journal/files.ts';
import { hashLine, NO_LINE } from '../../src/main/revocation/journal/chain.ts';
import { encodeRecord, type RecordBody } from '../../src/main/revocation/journal/records.ts';
import { canonicalLine } from '../../src/main/revocation/plan/plan-file.ts';
import { testHeader } from '../../src/main/revocation/testing/memory-journal.ts';
import type { PlanRow } from '../../src/shared/plan.ts';
import { launchWithHelper, PATIENCE_MS, rowsLoaded, withProfile } from '../window/app.ts';

const RUN_ID = '20260105-090000-k5ksa810db';
const REASON = 'Everybody';
const BEGUN = Date.parse('2026-01-05T09:00:00.000Z');

/** Times in ms from the click on a run in the list. */
export interface StoredReportResult {
  readonly rows: number;
  readonly firstRows: number;
  /** Until its whole record is read and checked, and each row is in the table. */
  readonly load: number;
}

const idOf = (random: () => number): string =>
  '········-····-4···-8···-············'.replaceAll('·', () => Math.floor(random() * 16).toString(16));

function rowsOf(users: number): readonly PlanRow[] {
  const random = createRandom(1);
  return Array.from({ length: users }, (_, index): PlanRow => {
    const userId = idOf(random);
    return {
      index,
      input: userId,
      userId,
      name: `Person ${index}`,
      email: `person.${index}@example.org`,
      department: `Department ${index % 40}`,
      division: `Division ${index % 8}`,
      state: 'active',
      decision: { kind: 'revoke' },
    };
  });
}

function* recordsOf(rows: readonly PlanRow[], planHash: string): Generator<RecordBody> {
  const users = rows.length;
  yield { ...testHeader, runId: RUN_ID, reason: REASON, planHash, users };
  yield { type: 'state', state: { kind: 'running' }, why: 'Started' };
  for (const { index, userId } of rows) {
    const of = { index, userId: userId ?? '' };
    yield { type: 'intent', ...of };
    const answer = { note: null, attempts: 1, status: 200, correlationId: of.userId };
    yield { type: 'outcome', ...of, outcome: 'revoked', ...answer };
  }
  yield { type: 'state', state: { kind: 'finished', at: new Date(BEGUN).toISOString() }, why: 'Done' };
}

/** Writes a finished run of so many users below a profile, as the app would have. */
async function storeRun(profile: string, users: number): Promise<void> {
  const folder = join(profile, 'runs', RUN_ID);
  await mkdir(folder, { recursive: true });
  const rows = rowsOf(users);
  await writePlan(folder, rows);
  const plan = createHash('sha256');
  for (const row of rows) plan.update(canonicalLine(row));
  const file = await open(journalPath(folder), 'wx');
  const lines: Buffer[] = [];
  let prev = NO_LINE;
  let seq = 0;
  for (const body of recordsOf(rows, plan.digest('hex'))) {
    const line = encodeRecord(body, { seq, at: new Date(BEGUN + seq * 100).toISOString(), prev });
    prev = hashLine(line);
    seq += 1;
    if (lines.push(line) === 5_000) await file.appendFile(Buffer.concat(lines.splice(0)));
  }
  await file.appendFile(Buffer.concat(lines));
  await file.close();
}

/** @returns ms from now, when the run is clicked, to the first row of its report and to the last. */
const timeOpening = (page: Page): Promise<Omit<StoredReportResult, 'rows'>> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const gridOf = (label: string): Element | null =>
          document.querySelector(`[role=grid][aria-label="${label}"]`);
        let began: number | null = null;
        let firstRows: number | null = null;
        addEventListener('click', () => (began ??= performance.now()), { capture: true });
        const look = (): void => {
          const now = performance.now();
          const grid = gridOf('Outcomes');
          if (began !== null && grid?.querySelector('[data-position]')) firstRows ??= now - began;
          if (began !== null && firstRows !== null && grid?.getAttribute('aria-busy') === 'false')
            resolve({ firstRows, load: now - began });
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

/** Opens the report of a run that an earlier start of the app made. */
export const measureStoredReport = (users: number): Promise<StoredReportResult> =>
  withProfile(async (profile) => {
    await storeRun(profile, users);
    const app = await launchWithHelper(profile, {});
    try {
      await showView(app.page, 'Runs');
      const list = app.page.getByRole('grid', { name: 'Runs', exact: true });
      await list.waitFor({ timeout: PATIENCE_MS });
      const opening = timeOpening(app.page);
      await list.getByRole('row').filter({ hasText: REASON }).click();
      const times = await opening;
      await rowsLoaded(app.page, 'Outcomes');
      return { rows: users, ...times };
    } finally {
      await app.kill();
    }
  });
