// @ts-check
// Runs on Node's loader thread (module.register): what `import … from 'electron'` resolves to.

const ELECTRON = 'chromium-electron:electron';

/** @type {readonly string[]} */
let names = [];

/** @param {{ names: readonly string[] }} data */
export function initialize(data) {
  names = data.names;
}

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  if (/^electron(\/(main|common))?$/.test(specifier)) return { url: ELECTRON, shortCircuit: true };
  return next(specifier, context);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (url !== ELECTRON) return next(url, context);
  const source = `const { named, api } = globalThis[Symbol.for('${ELECTRON}')];
    export default api;
    export const { ${names.join(', ')} } = named;`;
  return { format: 'module', source, shortCircuit: true };
}
