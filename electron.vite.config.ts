import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { licencePlugins } from './scripts/licences.ts';

// Built in this order: main, preload, renderer.
const licences = licencePlugins(import.meta.dirname);

export default defineConfig({
  main: {
    plugins: [licences.collect()],
    build: {
      // Electron 45 carries Node 24; the machines that test without its binary have Node 20 (docs/architecture.md).
      target: 'node20.19',
      sourcemap: true,
      // keytar is an optional dependency, so electron-vite would bundle it, or fail where it is absent.
      externalizeDeps: { include: ['keytar'] },
    },
  },
  preload: {
    plugins: [licences.collect()],
    build: {
      // A sandboxed preload must be one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue(), licences.emit()],
    build: {
      minify: true,
    },
  },
});
