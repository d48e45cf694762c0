import { firstSnapshot } from './first-snapshot.ts'; // first of all
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { lazyComponents } from './lazy-components.ts';
import { useAppStore } from './stores/app.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/utilities.css';
import TokenView from './views/token/TokenView.vue';

const app = createApp(App).use(createPinia());

// The window begins with it: in a file of its own it would be asked for only when this one has come and run.
lazyComponents.token = TokenView;

// Mounted only when the snapshot is there: no flash of "signed out", nor of the wrong theme.
void useAppStore()
  .load(firstSnapshot)
  .then(() => app.mount('#app'));
