import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import regexp from 'eslint-plugin-regexp';
import vue from 'eslint-plugin-vue';
import accessibility from 'eslint-plugin-vuejs-accessibility';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

/** Which rooms a room may not import from (docs/architecture.md, "The rooms"). */
const border = (files, forbidden, why) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: forbidden.map((regex) => ({ regex, message: why })) }],
  },
});

const electronOrNode = ['^electron$', '^node:', '^keytar$'];

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'out',
      'out-release',
      'out-package-tests',
      'dist',
      'dist-package-tests',
      'demo-output',
      'test-results',
      'playwright-report',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,vue}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    // What a server, a file or a person wrote is searched in linear time: no expression that goes back over it again and
    // again (ReDoS). What a rule cannot see, src/main/hardening/linear-time.test.ts measures.
    files: ['src/**'],
    ignores: ['**/*.test.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    // Node's timers hold 24.8 days, and a longer one fires at once: whatever was told from outside is waited for by the
    // clock. The exceptions wait for times of their own.
    files: ['src/main/**'],
    ignores: [
      'src/main/clock.ts',
      'src/main/genesys/deadline.ts',
      'src/main/revocation/journal/lock.ts',
      '**/*.test.ts',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval'].map((name) => ({
          name,
          message: 'Wait by the clock: src/main/clock.ts.',
        })),
      ],
    },
  },
  {
    files: ['**/*.vue'],
    extends: [...vue.configs['flat/recommended'], ...accessibility.configs['flat/recommended']],
    rules: {
      'vue/multi-word-component-names': 'off', // views and base components have their field's plain names
      'vue/require-default-prop': 'off', // types say what is optional
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}', 'tools/**'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'Buffer',
          'URL',
          'URLSearchParams',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'setImmediate',
          'fetch',
          'Request',
          'Response',
          'Headers',
          'AbortSignal',
          'AbortController',
          'structuredClone',
          'performance',
          'btoa',
          'atob',
          'queueMicrotask',
          'TextEncoder',
          'TextDecoder',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.cjs', 'tools/chromium-electron/**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        require: 'readonly',
        module: 'writable',
        exports: 'writable',
        __dirname: 'readonly',
        __filename: 'readonly',
      },
    },
  },
  border(
    ['src/shared/**'],
    [...electronOrNode, '/(main|preload|renderer|simulator)/', '^vue', '^zod$'],
    'src/shared runs in every process: it imports nothing but itself.',
  ),
  border(
    ['src/renderer/**'],
    [...electronOrNode, '/(main|preload|simulator)/', '^zod$', '^ofetch$'],
    'The renderer reaches main only through the bridge (src/shared/ipc.ts).',
  ),
  border(
    ['src/preload/**'],
    ['^node:', '/(main|renderer|simulator)/'],
    'Preload knows the contract and nothing else.',
  ),
  border(
    ['src/main/revocation/**'],
    ['^electron$', '^ofetch$', '^keytar$', '/(ipc|app|secrets|session)/', '/genesys/(?!pacing)'],
    'The revocation domain is given what it needs: see ports.ts.',
  ),
  border(
    ['src/main/{genesys,secrets,session,triage,timeout-history}/**'],
    ['^electron$', '/(ipc|app)/', '/renderer/'],
    'These rooms are tested without Electron; the composition root hands in what they need.',
  ),
  border(['src/main/**'], ['/renderer/'], 'Main and renderer meet only in src/shared.'),
  border(
    ['src/simulator/**'],
    ['^electron$', '/(main|preload|renderer)/'],
    'The simulator judges the app, so it must not share its code.',
  ),
  {
    files: ['**/*.test.ts', 'e2e/**', 'bench/**', 'contract/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' }, // in a test, a missing value is a failure anyway
  },
  { files: ['src/simulator/cli.ts', 'bench/**', 'scripts/**', 'tools/**'], rules: { 'no-console': 'off' } },
  prettier,
);
