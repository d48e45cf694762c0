// @ts-check
import { Emitter } from './emitter.mjs';
import { guard } from './guard.mjs';

/** @type {import('electron').NativeTheme['themeSource']} */
let source = 'system';

class Theme extends Emitter {
  constructor() {
    super('nativeTheme', ['updated']);
  }
  get themeSource() {
    return source;
  }
  set themeSource(value) {
    if (!['system', 'light', 'dark'].includes(value)) throw new TypeError(`Unknown themeSource: ${value}`);
    source = value;
    this.emit('updated');
  }
  get shouldUseDarkColors() {
    return source === 'dark';
  }
  get shouldUseHighContrastColors() {
    return false;
  }
}

const theme = new Theme();
export const nativeTheme = guard('nativeTheme', theme);

/** Shows a page the theme: what `prefers-color-scheme` answers there. @param {import('./page.mjs').Page} page */
export function applyTheme(page) {
  const value = source === 'system' ? '' : source;
  void page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}

/** @param {() => void} listener */
export const onThemeChange = (listener) => theme.on('updated', listener);
