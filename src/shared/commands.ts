import type { HelpPageId } from './help-pages.ts';
import type { SettingId } from './settings-list.ts';

/** The views of the window. */
export type ViewName = 'token' | 'revoke' | 'runs' | 'timeout' | 'settings';

/** Commands that the native menu sends to the window. */
export type MenuCommand =
  | { readonly kind: 'show-view'; readonly view: ViewName }
  | { readonly kind: 'palette' }
  | { readonly kind: 'keyboard-help' }
  | { readonly kind: 'command'; readonly id: CommandId }
  /** A notification of that run was clicked. */
  | { readonly kind: 'show-run'; readonly runId: string };

/** Commands of the palette, by their ids there; the native menu has them too. */
export type CommandId =
  | 'connect'
  | 'sign-out'
  | 'triage'
  | 'verify'
  | 'refresh'
  | 'theme-system'
  | 'theme-light'
  | 'theme-dark'
  | `setting-${SettingId}`
  | `connection-${string}`
  | `runbook-${HelpPageId}`;
