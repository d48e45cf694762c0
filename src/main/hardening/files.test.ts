import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlanRow } from '../../shared/plan.ts';
import { openSettings } from '../app/settings.ts';
import { AppFailure } from '../failure.ts';
import { writeExport } from '../files/export-file.ts';
import { createProtectedUsers } from '../protected-users/store.ts';
import { readRun } from '../revocation/history/load.ts';
import { createRuns } from '../revocation/history/runs.ts';
import { addVerification, readVerifications } from '../revocation/history/verifications.ts';
import { writePlan } from '../revocation/journal/files.ts';
import { lockFolder } from '../revocation/journal/lock.ts';
import type { RecordBody } from '../revocation/journal/records.ts';
import { hashRows } from '../revocation/plan/plan-file.ts';
import { createSavedPlans, planFile } from '../revocation/plan/saved.ts';
import { createFakeOrg, revokeRows, userId } from '../revocation/testing/fake-org.ts';
import { createMemoryJournal, emptyJournal, testHeader } from '../revocation/testing/memory-journal.ts';
import { openConnectionsFile } from '../session/connections-file.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createTimeoutHistory } from '../timeout-history/history.ts';
import { corrupted } from './hostile.ts';
import { cases, createRandom, PROOF_MS } from './scale.ts';

/** Chance, the same each time. One for the file: what it names is named once. */
const random = createRandom(1);

const RUN_ID = '20260105-090000-k5ksa810db';
const USERS = 30;
const now = (): number => Date.UTC(2026, 0, 5);
const clock = createManualClock();
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokendesk-corrupt-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);

/** Each kind is written by the app itself, then damaged and read, again and again. */
interface Kind {
  readonly path: () => string;
  readonly write: () => Promise<void>;
  /** Reads the damaged file. @throws AppFailure at most. */
  readonly read: () => Promise<void>;
}

const rows: readonly PlanRow[] = revokeRows(USERS);
const outcomeOf = (index: number): 'revoked' | 'failed' => (index % 3 === 0 ? 'failed' : 'revoked');

async function writeRun(): Promise<void> {
  await mkdir(at(RUN_ID), { recursive: true });
  await rm(at(RUN_ID, 'plan.jsonl'), { force: true });
  await writePlan(at(RUN_ID), rows);
  const disk = createMemoryJournal();
  const writer = emptyJournal(disk, clock);
  const bodies: RecordBody[] = [
    { ...testHeader, runId: RUN_ID, planHash: await hashRows(rows), users: USERS },
    { type: 'state', state: { kind: 'running' }, why: 'Started' },
    ...rows.flatMap(({ index }): RecordBody[] => {
      const user = { index, userId: userId(index) };
      const outcome = {
        ...user,
        outcome: outcomeOf(index),
        note: null,
        attempts: 1,
        status: 200,
        correlationId: null,
      };
      return [
        { type: 'intent', ...user },
        { type: 'outcome', ...outcome },
      ];
    }),
  ];
  await Promise.all(bodies.map((body) => writer.append(body)));
  await writeFile(at(RUN_ID, 'journal.jsonl'), disk.bytes());
}

/** Shown in the list, and nothing said that did not happen. */
async function checkRun(): Promise<void> {
  const [listed] = await createRuns(() => folder, random).list();
  expect(listed?.runId).toBe(RUN_ID);
  const { replayed, damage } = await readRun(at(RUN_ID), RUN_ID);
  // The last line has none behind it whose hash would tell: it alone may say what somebody made of it.
  for (const [index, settlement] of [...replayed.settled].slice(0, -1)) {
    expect(settlement.userId).toBe(userId(index));
    expect(settlement.outcome).toBe(outcomeOf(index));
  }
  if (replayed.settled.size < USERS && damage === null)
    expect(listed?.counts['not-attempted']).toBeGreaterThanOrEqual(0);
}

const operator = { userId: null, name: 'Olive' };

const savedPlan = async () =>
  planFile({
    summary: { createdAt: '2026-01-05T09:00:00.000Z', sourceText: 'A list', hash: await hashRows(rows) },
    rows,
    owner: { orgId: 'org-1' },
    organizationName: 'Acme',
  });

const KINDS: Readonly<Record<string, Kind>> = {
  settings: {
    path: () => at('settings.json'),
    write: async () => {
      const settings = await openSettings(at('settings.json'), now);
      await settings.update({
        theme: 'dark',
        window: { bounds: { x: 1, y: 2, width: 900, height: 700 }, maximized: false },
      });
    },
    read: async () => {
      const { all } = await openSettings(at('settings.json'), now);
      expect(['system', 'light', 'dark']).toContain(all.theme);
      expect(all.rateShare).toBeGreaterThanOrEqual(0.1);
      expect(all.rateShare).toBeLessThanOrEqual(0.97);
    },
  },
  connections: {
    path: () => at('connections.json'),
    write: async () => {
      const { file } = await openConnectionsFile(at('connections.json'), now);
      const connection = {
        label: 'One',
        method: 'pkce' as const,
        region: { kind: 'genesys' as const, id: 'eu-central-1' },
        clientId: 'client',
        organization: { id: 'org', name: 'Acme' },
        createdAt: '2026-01-01T00:00:00.000Z',
      };
      await file.replace({ version: 1, connections: ['a', 'b'].map((id) => ({ id, ...connection })) });
    },
    read: async () => {
      const { file } = await openConnectionsFile(at('connections.json'), now);
      for (const { id, method } of file.value.connections) {
        expect(id).not.toBe('');
        expect(method).toBe('pkce');
      }
    },
  },
  'protected users': {
    path: () => at('protected', 'c-1.json'),
    write: async () => {
      const entries = [
        { kind: 'email' as const, email: 'ana@example.org' },
        { kind: 'user' as const, id: userId(1), label: 'One' },
      ];
      await createProtectedUsers(at('protected'), now).save('c-1', entries, []);
    },
    // An empty list would let them through: it is never what comes of damage.
    read: async () => {
      const entries = await createProtectedUsers(at('protected'), now).list('c-1');
      const text = (await readFile(at('protected', 'c-1.json'))).toString();
      if (entries.length === 0) expect(text).toMatch(/"entries":\s*\[\s*\]/);
    },
  },
  'history of the idle timeout': {
    path: () => at('timeouts', 'c-1.json'),
    write: async () => {
      const history = createTimeoutHistory({ folder: at('timeouts'), now, newId: () => 'id' });
      await history.record({ connectionId: 'c-1', operator }, 'read', { enableIdleTokenTimeout: true });
    },
    read: async () => {
      const history = createTimeoutHistory({ folder: at('timeouts'), now, newId: () => 'id' });
      expect((await history.list('c-1')).entries.length).toBeLessThanOrEqual(2);
    },
  },
  journal: { path: () => at(RUN_ID, 'journal.jsonl'), write: writeRun, read: checkRun },
  plan: { path: () => at(RUN_ID, 'plan.jsonl'), write: writeRun, read: checkRun },
  'saved plan': {
    path: () => at('plan-of-a-person.jsonl'),
    write: async () => writeExport(at('plan-of-a-person.jsonl'), await savedPlan()),
    // Opened, it names exactly those whom it was saved with.
    read: async () => {
      const saved = createSavedPlans(random);
      const { session } = createFakeOrg({ users: [], clock, organizationId: 'org-1' });
      const bytes = await readFile(at('plan-of-a-person.jsonl'));
      const { savedPlanId } = await saved.open('plan', bytes, session);
      expect(saved.find(savedPlanId).userIds).toEqual(rows.map(({ userId: id }) => id));
    },
  },
  verifications: {
    path: () => at('verifications.jsonl'),
    write: async () => {
      await rm(at('verifications.jsonl'), { force: true });
      for (const calls of [1, 2, 3]) {
        const more = { journal: '', operator, checked: 1, unknown: 0, calls, again: [] };
        await addVerification(folder, { v: 1, at: '2026-01-05T10:00:00.000Z', ...more });
      }
    },
    read: async () => {
      const { records } = await readVerifications(folder);
      expect(records.map(({ calls }) => calls)).toEqual([1, 2, 3].slice(0, records.length));
    },
  },
};

describe.each(Object.keys(KINDS))('%s', (name) => {
  it('however damaged, is read or refused, and nothing is made up', { timeout: PROOF_MS }, async () => {
    const { path, write, read } = KINDS[name]!;
    const random = createRandom(name.length);
    await write();
    const whole = await readFile(path());
    for (let n = 0; n < cases(1_000, 25); n += 1) {
      let bytes = corrupted(random, whole);
      if (random() < 0.3) bytes = corrupted(random, bytes);
      await writeFile(path(), bytes);
      const [ended] = await Promise.allSettled([read()]);
      if (ended.status === 'rejected')
        expect(ended.reason, `case ${n}: ${String(ended.reason)}`).toBeInstanceOf(AppFailure);
      await writeFile(path(), whole);
    }
    await read();
  });
});

it('a lock, however damaged, locks nobody out', { timeout: PROOF_MS }, async () => {
  const random = createRandom(7);
  const whole = Buffer.from(
    JSON.stringify({ id: 'theirs', pid: 2 ** 22 - 3, host: 'x', beat: '0000000001' }),
  );
  const locks = Array.from({ length: cases(1_000, 25) }, (_, n) => ({
    folder: at(`run-${n}`),
    bytes: corrupted(random, whole),
  }));
  await Promise.all(
    locks.map(async ({ folder: own, bytes }) => {
      await mkdir(own);
      await writeFile(join(own, 'lock'), bytes);
      await (
        await lockFolder(own)
      )();
    }),
  );
});
