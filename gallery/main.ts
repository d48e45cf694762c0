import { createPinia } from 'pinia';
import { createApp } from 'vue';
import '../src/renderer/src/styles/tokens.css';
import '../src/renderer/src/styles/base.css';
import '../src/renderer/src/styles/utilities.css';
import GalleryPage from './GalleryPage.vue';

/* Every component in every state, for the people who build them: `npm run gallery`. Never part of a release. */
const theme = new URLSearchParams(location.search).get('theme');
document.documentElement.dataset['theme'] = theme === 'light' || theme === 'dark' ? theme : 'system';
createApp(GalleryPage).use(createPinia()).mount('#app');
