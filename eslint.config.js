import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import regexp from 'eslint-plugin-regexp';
import vue from 'eslint-plugin-vue';
import accessibility from 'eslint-plugin-vuejs-accessibility';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

/**
 * Which rooms a room may not import from (docs/architecture.md, "The rooms"). The last one that names a file is the only
 * one that counts for it: ESLint replaces a rule's options, and does not add to them.
 */
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
  {
    files: ['src/**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    // What a comment switches off is oxlint's business as often as not: it tells of those that are not needed.
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  },
  {
    files: ['**/*.vue'],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
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
    files: ['**/*.vue'],
    extends: [...vue.configs['flat/recommended'], ...accessibility.configs['flat/recommended']],
    rules: {
      'vue/multi-word-component-names': 'off', // views and base components have their field's plain names
      'vue/require-default-prop': 'off', // types say what is optional
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
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
    ['src/renderer/src/domain/**'],
    [
      ...electronOrNode,
      '/(main|preload|simulator|messages|stores|components|composables|views|shell|help)/',
      '/bridge',
      '^(vue|pinia|zod|ofetch)',
    ],
    'What the window reads and counts needs neither Vue nor a text.',
  ),
  border(
    ['src/preload/**'],
    ['^node:', '/(main|renderer|simulator)/'],
    'Preload knows the contract and nothing else.',
  ),
  border(['src/main/**'], ['/renderer/'], 'Main and renderer meet only in src/shared.'),
  border(
    ['src/main/{consent,genesys,proxy,removal,secrets,session,timeout-history,triage}/**'],
    ['^electron$', '/(ipc|app|renderer)/'],
    'These rooms are tested without Electron; the composition root hands in what they need.',
  ),
  border(
    ['src/main/revocation/**'],
    [
      '^electron$',
      '^ofetch$',
      '^keytar$',
      '/(ipc|app|renderer|secrets|session)/',
      '/genesys/(?!pacing|errors|deadline|network-failure)',
    ],
    'The revocation domain is given what it needs: see ports.ts.',
  ),
  border(
    ['src/simulator/**'],
    ['^electron$', '/(main|preload|renderer)/'],
    'The simulator judges the app, so it must not share its code.',
  ),
  prettier,
);
