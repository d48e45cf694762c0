import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { useAppStore } from './stores/app.ts';
import './styles/tokens.css';
import './styles/base.css';

const app = createApp(App).use(createPinia());

// Mounted only when the snapshot is there: no flash of "signed out", nor of the wrong theme.
await useAppStore().load();
app.mount('#app');
