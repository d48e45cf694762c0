import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from '../App.vue';
import { useAppStore } from '../stores/app.ts';
import { useNavigationStore, VIEWS } from '../stores/navigation.ts';
import { installFakeBridge } from '../testing/fake-bridge.ts';
import { answersFor } from './answers.ts';
import GalleryPage from './GalleryPage.vue';
import { isScenario } from './scenarios.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import './gallery.css';

/*
 * Development only. `gallery.html` shows every component; `gallery.html?scenario=demo&view=token&theme=dark` shows the
 * whole window over a fake bridge.
 */
const query = new URLSearchParams(location.search);
const scenario = query.get('scenario');
const pinia = createPinia();
const themed = query.get('theme');
const theme = themed === 'light' || themed === 'dark' ? themed : 'system';

installFakeBridge(answersFor(isScenario(scenario) ? scenario : 'demo', theme));
if (scenario === null) {
  document.documentElement.dataset['theme'] = theme;
  createApp(GalleryPage).use(pinia).mount('#app');
} else {
  const app = createApp(App).use(pinia);
  await useAppStore().load();
  const view = VIEWS.find(({ name }) => name === query.get('view'));
  if (view) useNavigationStore().show(view.name);
  app.mount('#app');
}
