import { DoorClosed, FileText, KeyRound, Settings2, UserRound } from '@lucide/vue';
import { SETTINGS } from '../../../shared/settings-list.ts';
import { useCurrentRunStore } from '../stores/current-run.ts';
import { useKeepOutStore } from '../stores/keep-out.ts';
import { useNavigationStore } from '../stores/navigation.ts';
import { useRecentUsersStore, type RecentUser } from '../stores/recent-users.ts';
import { useRevokeStore } from '../stores/revoke.ts';
import { useRunsStore } from '../stores/runs.ts';
import { showRun } from '../stores/show-run.ts';
import { useTokenRecordsStore } from '../stores/token-records.ts';
import { formatDateTime } from '../messages/format.ts';
import { runTitle } from '../messages/run.ts';
import { leakedTokenTitle } from '../messages/triage.ts';
import type { Command } from './palette.ts';

/** Runs offered; the view of the runs has all of them. */
const RUNS = 5;

/** The newest runs that are known, to open their reports. */
export function useRunCommands(): () => readonly Command[] {
  const runs = useRunsStore();
  return () =>
    (runs.runs ?? []).slice(0, RUNS).map((run) => ({
      id: `run-${run.runId}`,
      title: `${runTitle(run)}, ${formatDateTime(run.createdAt)}`,
      group: 'Recent runs',
      also: `report ${run.ticket} ${run.organization.name} ${run.runId}`,
      icon: FileText,
      run: () => showRun(run.runId),
    }));
}

/** The newest records of leaked tokens and of keeping out that are known, to open them. */
export function useRecordCommands(): () => readonly Command[] {
  const records = useTokenRecordsStore();
  const keepOut = useKeepOutStore();
  return () => [
    ...records.records.slice(0, RUNS).map((record) => ({
      id: `record-${record.recordId}`,
      title: `${leakedTokenTitle(record)}, ${formatDateTime(record.keptAt)}`,
      group: 'Records',
      also: `report incident ${record.masked} ${record.organization ?? ''}`,
      icon: KeyRound,
      run: () => {
        records.openId = record.recordId;
        showRun(null);
      },
    })),
    ...keepOut.all.slice(0, RUNS).map(({ keepOutId, runId, about }) => ({
      id: `keep-out-${keepOutId}`,
      title: `Keep out: ${about.reason || 'no reason given'}, ${formatDateTime(about.createdAt)}`,
      group: 'Records',
      also: `report evidence signed in again ${about.ticket} ${about.organization.name}`,
      icon: DoorClosed,
      run: () => {
        records.openId = null;
        showRun(runId);
      },
    })),
  ];
}

/** Whom the person has looked at: chosen again, they are among those chosen, and nothing has happened yet. */
export function useUserCommands(): () => readonly Command[] {
  const navigation = useNavigationStore();
  const recent = useRecentUsersStore();
  const revoke = useRevokeStore();
  const run = useCurrentRunStore();

  function choose({ id, name }: RecentUser): void {
    navigation.show('revoke');
    if (run.active) return;
    revoke.step = 'who';
    revoke.add({ kind: 'user', id, name }, 'include');
  }

  return () =>
    recent.users.map((user) => ({
      id: `user-${user.id}`,
      title: `Choose ${user.name} to revoke`,
      group: 'Recent users',
      also: `${user.email ?? ''} ${user.id}`,
      icon: UserRound,
      run: () => choose(user),
    }));
}

/** Each setting by its name. */
export function useSettingCommands(): () => readonly Command[] {
  const navigation = useNavigationStore();
  const commands = SETTINGS.map(({ id, title, also }): Command => ({
    id: `setting-${id}`,
    title,
    group: 'Settings',
    also: `setting ${also}`,
    icon: Settings2,
    run: () => navigation.showSetting(id),
  }));
  return () => commands;
}
