// @ts-check
import { BrowserWindow } from './browser-window.mjs';
import { guard } from './guard.mjs';

/** @typedef {import('electron').MenuItemConstructorOptions} Template */

/**
 * Items that tests find by id and click; nothing shows, and accelerators and roles do nothing.
 * @param {Template} options
 */
function menuItem(options) {
  const submenu = Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : undefined;
  /** @type {any} */
  const item = {
    id: undefined,
    role: undefined,
    accelerator: undefined,
    type: submenu ? 'submenu' : 'normal',
    label: options.role ?? '',
    enabled: true,
    visible: true,
    checked: false,
    ...options,
    submenu,
    click: (/** @type {any} */ event) =>
      options.click?.(item, /** @type {any} */ (BrowserWindow.getFocusedWindow() ?? undefined), event ?? {}),
  };
  return guard('MenuItem', item);
}

class MenuShape {
  /** @type {any[]} */
  items = [];
  /** @param {string} id @returns {any} */
  getMenuItemById(id) {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  /** Shows nothing; a test sees which items it would have. */
  popup() {}
}

/** @type {MenuShape | null} */
let applicationMenu = null;

export const Menu = guard('Menu', {
  /** @param {Template[]} template */
  buildFromTemplate(template) {
    const menu = new MenuShape();
    menu.items = template.map(menuItem);
    return guard('Menu', menu);
  },
  /** @param {MenuShape | null} menu */
  setApplicationMenu(menu) {
    applicationMenu = menu;
  },
  getApplicationMenu: () => applicationMenu,
});
