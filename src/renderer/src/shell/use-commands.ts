import {
  BadgeCheck,
  BookOpen,
  Keyboard,
  LogOut,
  Moon,
  Plug,
  RefreshCw,
  ScanSearch,
  Sun,
  SunMoon,
  UserRoundCog,
} from '@lucide/vue';
import { computed, type ComputedRef } from 'vue';
import { HELP_PAGES } from '../../../shared/help-pages.ts';
import { useAppStore } from '../stores/app.ts';
import { useNavigationStore, VIEWS } from '../stores/navigation.ts';
import { useSessionStore } from '../stores/session.ts';
import { useTokenStore } from '../stores/token.ts';
import { useViewCommandsStore } from '../stores/view-commands.ts';
import { regionName } from '../messages/connection.ts';
import type { Command } from './palette.ts';
import { useRecordCommands, useRunCommands, useSettingCommands, useUserCommands } from './recent-commands.ts';
import { useSwitchConnection } from './use-switch-connection.ts';

/**
 * Every command that can be run right now, in the order of the palette.
 * Long: a list of commands, one after the other.
 */
export function useCommands(): ComputedRef<readonly Command[]> {
  const app = useAppStore();
  const navigation = useNavigationStore();
  const session = useSessionStore();
  const token = useTokenStore();
  const ofView = useViewCommandsStore();
  const switchTo = useSwitchConnection();
  const recentRuns = useRunCommands();
  const records = useRecordCommands();
  const recentUsers = useUserCommands();
  const settings = useSettingCommands();

  const views = VIEWS.map((view): Command => ({
    id: `view-${view.name}`,
    title: view.title,
    group: 'Go to',
    icon: view.icon,
    keys: view.keys,
    run: () => navigation.show(view.name),
  }));

  const themes = (
    [
      ['system', 'Theme: follow the system', SunMoon],
      ['light', 'Theme: light', Sun],
      ['dark', 'Theme: dark', Moon],
    ] as const
  ).map(([theme, title, icon]): Command => ({
    id: `theme-${theme}`,
    title,
    group: 'Settings',
    also: 'appearance colour color night',
    icon,
    run: () => void app.update({ theme }),
  }));

  const runbooks = HELP_PAGES.map(({ id, title, also }): Command => ({
    id: `runbook-${id}`,
    title: `Runbook: ${title}`,
    group: 'Help',
    also: `what to do ${also}`,
    icon: BookOpen,
    run: () => {
      navigation.helpPage = id;
    },
  }));

  const connections = computed(() =>
    session.connections
      .filter(({ id }) => id !== session.inUse?.id)
      .map((connection): Command => ({
        id: `connection-${connection.id}`,
        title: `Switch to ${connection.label}`,
        group: 'Connections',
        also: `${connection.organization.name} ${regionName(connection.region)}`,
        icon: UserRoundCog,
        run: () => void switchTo(connection.id),
      })),
  );

  const ofToken = (): readonly Command[] => [
    {
      id: 'verify',
      title: 'Verify the token',
      group: 'Token',
      icon: BadgeCheck,
      run: () => {
        navigation.show('token');
        void token.verify();
      },
    },
    {
      id: 'refresh',
      title: 'Refresh what is known about the token',
      group: 'Token',
      icon: RefreshCw,
      run: () => {
        navigation.show('token');
        void token.refresh();
      },
    },
    {
      id: 'sign-out',
      title: 'Sign out',
      group: 'Connections',
      also: 'forget log off',
      icon: LogOut,
      run: () => void session.signOut(),
    },
  ];

  return computed(() => [
    ...ofView.commands.map((command): Command => ({ ...command, group: 'In this view' })),
    ...views,
    ...recentUsers(),
    ...recentRuns(),
    ...records(),
    ...(session.signedIn ? ofToken() : []),
    ...connections.value,
    {
      id: 'connect',
      title: 'Sign in to an organization…',
      group: 'Connections',
      also: 'add connection log in',
      icon: Plug,
      run: () => {
        navigation.connectionsOpen = true;
      },
    },
    {
      id: 'triage',
      title: 'Inspect another token…',
      group: 'Token',
      also: 'leaked leak stolen triage incident',
      icon: ScanSearch,
      run: () => {
        navigation.triageOpen = true;
      },
    },
    ...themes,
    ...settings(),
    {
      id: 'keyboard-help',
      title: 'Keyboard shortcuts',
      group: 'Help',
      icon: Keyboard,
      keys: ['?'],
      run: () => {
        navigation.helpOpen = true;
      },
    },
    ...runbooks,
  ]);
}
