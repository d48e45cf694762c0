import { shallowReactive, type Component } from 'vue';
import type { ViewName } from '../../shared/commands.ts';

type Loader = () => Promise<{ readonly default: Component }>;

/** The view that the window begins with comes in the window's own script (main.ts). */
type FirstView = 'token';

/** Everything that the first paint can do without; each is a file of its own beside the window's script. */
const LOADERS = {
  /** Places itself by a library that nothing else of the first view needs. */
  tooltip: () => import('./components/TooltipBubble.vue'),
  connectionMenu: () => import('./shell/ConnectionMenu.vue'),
  revoke: () => import('./views/revoke/RevokeView.vue'),
  runs: () => import('./views/runs/RunsView.vue'),
  timeout: () => import('./views/timeout/TimeoutView.vue'),
  settings: () => import('./views/settings/SettingsView.vue'),
  connections: () => import('./views/connections/ConnectionsDialog.vue'),
  triage: () => import('./views/token/triage/TriageDialog.vue'),
  palette: () => import('./shell/CommandPalette.vue'),
  keyboardHelp: () => import('./shell/KeyboardHelp.vue'),
  introduction: () => import('./shell/IntroductionDialog.vue'),
  runbooks: () => import('./help/HelpDialog.vue'),
} as const satisfies Record<Exclude<ViewName, FirstView>, Loader> & Record<string, Loader>;

type LoadedLater = keyof typeof LOADERS;
type LazyName = LoadedLater | FirstView;

const NAMES = Object.keys(LOADERS) as LoadedLater[];
const IDLE_LIMIT_MS = 1000;

/** What has been loaded. A component that is here is drawn in the same frame: Vue's own asynchronous ones never are. */
export const lazyComponents = shallowReactive<Partial<Record<LazyName, Component>>>({});

/** Loads one of them, once. */
export async function loadComponent(name: LazyName): Promise<void> {
  if (name !== 'token') lazyComponents[name] ??= (await LOADERS[name]()).default;
}

/** Loads the rest one after the other while the window has nothing else to do, so that no click waits for it. */
export function loadRestWhenIdle(): void {
  const next = NAMES.find((name) => !lazyComponents[name]);
  if (!next) return;
  requestIdleCallback(() => void loadComponent(next).then(loadRestWhenIdle), { timeout: IDLE_LIMIT_MS });
}
