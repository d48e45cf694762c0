// @ts-check

/** What JavaScript itself, consoles and test runners look for on any object: absent, never an error. */
const LOOKED_FOR = new Set([
  'then',
  'catch',
  'toJSON',
  'asymmetricMatch',
  'nodeType',
  'tagName',
  'default',
  '__esModule',
]);

/** @param {string} name */
export const notSupported = (name) => new Error(`${name} is not supported by chromium-electron`);

/**
 * Hands an object to the app so that a member we do not have fails by its name at once, where a plain object
 * would answer `undefined` and let a test pass or fail for a reason that nobody sees.
 * @template {object} T
 * @param {string} label as the error names it, e.g. `app` or `BrowserWindow`
 * @param {T} target
 * @returns {T}
 */
export function guard(label, target) {
  return new Proxy(target, {
    get(object, key) {
      if (key in object || typeof key === 'symbol' || LOOKED_FOR.has(key)) return Reflect.get(object, key);
      throw notSupported(`${label}.${key}`);
    },
    set(object, key, value) {
      if (key in object || typeof key === 'symbol') return Reflect.set(object, key, value);
      throw notSupported(`setting ${label}.${key}`);
    },
  });
}

/**
 * Stands for a whole module that we do not have, so that a bundle may import its name and fails only on use.
 * @param {string} label
 */
export function unsupportedModule(label) {
  const fail = () => {
    throw notSupported(label);
  };
  return new Proxy(class {}, {
    apply: fail,
    construct: fail,
    set: fail,
    get: (_object, key) => {
      if (typeof key === 'symbol' || key === 'prototype' || LOOKED_FOR.has(key)) return undefined;
      throw notSupported(`${label}.${key}`);
    },
  });
}
