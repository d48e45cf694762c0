import { createPinia } from 'pinia';
import { createApp } from 'vue';
import type { PermissionState } from '../../../shared/connection.ts';
import type { ErrorCode } from '../../../shared/result.ts';
import type { PauseReason } from '../../../shared/run.ts';
import App from '../App.vue';
import { useAppStore } from '../stores/app.ts';
import { useNavigationStore } from '../stores/navigation.ts';
import { installRevokeBridge } from './revoke-bridge.ts';
import { isScenario } from './scenarios.ts';
import '../styles/tokens.css';
import '../styles/base.css';

/*
 * Development only: the whole window over a bridge that plays Revoke and Runs, for example
 * revoke-page.html?rows=100000&theme=dark&speed=50&runs=some&view=runs&permission=missing&fail=plan.resolve:offline
 */
const query = new URLSearchParams(location.search);
const scenario = query.get('scenario');
const theme = query.get('theme');
const [name, code] = (query.get('fail') ?? '').split(':');
const view = query.get('view') === 'runs' ? 'runs' : 'revoke';

installRevokeBridge({
  scenario: isScenario(scenario) ? scenario : 'demo',
  theme: theme === 'light' || theme === 'dark' ? theme : 'system',
  rows: Number(query.get('rows') ?? 500),
  speed: Number(query.get('speed') ?? 20),
  permission: (query.get('permission') ?? 'held') as PermissionState,
  failing: name && code ? { name, code: code as ErrorCode } : null,
  runs: query.get('runs') === 'some' ? 'some' : 'none',
  pauseReason: query.get('pause') as PauseReason | null,
});

const app = createApp(App).use(createPinia());
await useAppStore().load();
useNavigationStore().show(view);
app.mount('#app');
