import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { NO_COUNTS, type RunSummary } from '../../../shared/run.ts';
import { useNavigationStore } from '../stores/navigation.ts';
import { useRecentUsersStore } from '../stores/recent-users.ts';
import { useRevokeStore } from '../stores/revoke.ts';
import { useRunsStore } from '../stores/runs.ts';
import { installFakeBridge } from '../testing/fake-bridge.ts';
import { SETTINGS } from '../../../shared/settings-list.ts';
import { findCommands } from './palette.ts';
import { useRunCommands, useSettingCommands, useUserCommands } from './recent-commands.ts';

const run = (n: number): RunSummary => ({
  runId: `run-${n}`,
  state: { kind: 'interrupted' },
  dryRun: n === 2,
  connectionId: 'c-1',
  connectionLabel: 'Acme',
  organization: { id: 'org-1', name: 'Acme' },
  region: 'eu-central-1',
  demo: false,
  operator: 'Ines Albrecht',
  operatorId: 'u-ines',
  reason: n === 2 ? '' : `Reason ${n}`,
  ticket: `INC-${n}`,
  planHash: '',
  choice: null,
  parent: null,
  createdAt: '2026-11-20T08:00:00Z',
  endedAt: null,
  endedWhy: null,
  users: 0,
  counts: NO_COUNTS,
  unanswered: 0,
  damage: null,
  elsewhere: false,
});

beforeEach(() => {
  setActivePinia(createPinia());
  installFakeBridge({});
});

describe('runs in the palette', () => {
  it('are the newest five, found by reason or ticket, and open their report', () => {
    const runs = useRunsStore();
    const commands = useRunCommands();
    expect(commands()).toEqual([]);
    runs.runs = [1, 2, 3, 4, 5, 6].map(run);
    expect(commands().map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map((n) => `run-run-${n}`));
    expect(commands()[1]?.title).toMatch(/^Dry run, /);
    findCommands(commands(), 'inc-3')[0]?.run();
    expect(runs.openRunId).toBe('run-3');
    expect(useNavigationStore().view).toBe('runs');
  });
});

describe('people in the palette', () => {
  it('are added to those chosen, each once, and nothing is looked up', () => {
    const revoke = useRevokeStore();
    useRecentUsersStore().note({ id: 'u-1', name: 'Ana López', email: 'ana@example.com' });
    const [command] = findCommands(useUserCommands()(), 'ana lopez');
    revoke.step = 'review';
    command?.run();
    command?.run();
    expect(revoke.step).toBe('who');
    expect(useNavigationStore().view).toBe('revoke');
    expect(revoke.chosen.map(({ role, source }) => [role, source])).toEqual([
      ['include', { kind: 'user', id: 'u-1', name: 'Ana López' }],
    ]);
    expect(revoke.plan).toBeNull();
  });
});

describe('settings in the palette', () => {
  it('are all there, and lead to their place', () => {
    const commands = useSettingCommands()();
    expect(commands).toHaveLength(SETTINGS.length);
    for (const { id, title } of SETTINGS) {
      findCommands(commands, title)[0]?.run();
      expect(useNavigationStore().setting).toBe(id);
    }
    expect(findCommands(commands, 'licenses')[0]?.title).toBe('Licences');
    expect(findCommands(commands, 'uninstall')[0]?.title).toBe('Remove everything');
  });
});
