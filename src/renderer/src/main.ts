import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { loadComponent } from './lazy-components.ts';
import { useAppStore } from './stores/app.ts';
import { useNavigationStore } from './stores/navigation.ts';
import './styles/tokens.css';
import './styles/base.css';

const app = createApp(App).use(createPinia());

// Mounted only when the snapshot and the first view are there: no flash of "signed out", nor of the wrong theme.
// Not awaited here: the file of the view imports this one, and would wait for it.
void Promise.all([useAppStore().load(), loadComponent(useNavigationStore().view)]).then(() =>
  app.mount('#app'),
);
