import { CircleUserRound, History, Hourglass, Settings2, UserRoundX } from '@lucide/vue';
import { defineStore } from 'pinia';
import { ref, shallowRef, type Component } from 'vue';
import type { Connection } from '../../../shared/connection.ts';
import type { ViewName } from '../../../shared/commands.ts';
import type { HelpPageId } from '../../../shared/help-pages.ts';
import type { SettingId } from '../../../shared/settings-list.ts';

interface ViewEntry {
  readonly name: ViewName;
  readonly title: string;
  readonly icon: Component;
  readonly keys: readonly string[];
}

/** The views in the order of the rail; `mod` is Ctrl, or ⌘ on a Mac. */
export const VIEWS: readonly ViewEntry[] = [
  { name: 'token', title: 'Token', icon: CircleUserRound, keys: ['mod', '1'] },
  { name: 'revoke', title: 'Revoke', icon: UserRoundX, keys: ['mod', '2'] },
  { name: 'runs', title: 'Runs', icon: History, keys: ['mod', '3'] },
  { name: 'timeout', title: 'Idle timeout', icon: Hourglass, keys: ['mod', '4'] },
  { name: 'settings', title: 'Settings', icon: Settings2, keys: ['mod', ','] },
];

/** Which view is shown, and which of the window's own dialogs is open. */
export const useNavigationStore = defineStore('navigation', () => {
  const view = ref<ViewName>('token');
  const paletteOpen = ref(false);
  const helpOpen = ref(false);
  /** The runbook that is open. */
  const helpPage = ref<HelpPageId | null>(null);
  const connectionsOpen = ref(false);
  const triageOpen = ref(false);
  /** The connection to sign in to again: its form is filled in, and the view behind stays as it is. */
  const signInAgain = shallowRef<Connection | null>(null);

  /** The setting to go to in the view of the settings, until it is shown. */
  const setting = ref<SettingId | null>(null);

  const show = (name: ViewName): void => {
    view.value = name;
  };

  const showSetting = (id: SettingId): void => {
    setting.value = id;
    view.value = 'settings';
  };

  /** Opens the dialog in which one signs in; filled in for a connection that needs a new token. */
  const signIn = (again: Connection | null = null): void => {
    signInAgain.value = again;
    connectionsOpen.value = true;
  };

  return {
    signIn,
    signInAgain,
    triageOpen,
    view,
    paletteOpen,
    helpOpen,
    helpPage,
    connectionsOpen,
    show,
    setting,
    showSetting,
  };
});
