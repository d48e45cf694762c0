import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { licencePlugins } from './scripts/licences.ts';

// Built in this order: main, preload, renderer.
const licences = licencePlugins(import.meta.dirname);

/**
 * Where `x.release.ts` stands beside `x.ts`, a package has it instead: nothing in it can be changed from outside. Likewise
 * `x.package-tests.ts` in the package that tests drive.
 */
const variants = (mode: string): Plugin => ({
  name: 'variants',
  enforce: 'pre',
  resolveId(id, importer) {
    if (importer === undefined || !/^\..*\.ts$/.test(id)) return null;
    const variant = resolve(importer, '..', id.replace(/\.ts$/, `.${mode}.ts`));
    return existsSync(variant) ? variant : null;
  },
});

/** What packages are made of (scripts/package.ts), by mode. */
const PACKAGED: Readonly<Record<string, string>> = {
  release: 'out-release',
  'package-tests': 'out-package-tests',
};

const outDir = (mode: string, part: string): string =>
  resolve(import.meta.dirname, PACKAGED[mode] ?? 'out', part);

export default defineConfig(({ mode }) => ({
  main: {
    plugins: [licences.collect(), ...(mode in PACKAGED ? [variants(mode)] : [])],
    build: {
      outDir: outDir(mode, 'main'),
      rolldownOptions: {
        input: { index: 'src/main/entry.ts' },
        output: {
          // Beside the first file: what is found by `import.meta.dirname` is found from any of them.
          chunkFileNames: ({ name }) => `${name === 'worker' ? 'chunks/' : ''}[name]-[hash].js`,
          // The app and the simulator share it; by itself it would come to stand in the small file that starts.
          codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod/ }] },
        },
      },
      // Electron 45 carries Node 24; the machines that test without its binary have Node 20 (docs/architecture.md).
      target: 'node20.19',
      sourcemap: !(mode in PACKAGED),
      // Everything else is bundled: it stands in devDependencies. keytar loads a file of its own, and may be absent.
      externalizeDeps: { include: ['keytar'] },
    },
  },
  preload: {
    plugins: [licences.collect()],
    build: {
      outDir: outDir(mode, 'preload'),
      // A sandboxed preload must be one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue(), licences.emit()],
    build: {
      outDir: outDir(mode, 'renderer'),
      minify: true,
      // What the window needs before its first paint comes in one file instead of forty.
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
    },
  },
}));
