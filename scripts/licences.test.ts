import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { licencePlugins, licencesOf, packageFolder } from './licences.ts';

let root = '';
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const addPackage = (path: string, manifest: object, files: Readonly<Record<string, string>> = {}): void => {
  write(`${path}/package.json`, JSON.stringify(manifest));
  for (const [name, text] of Object.entries(files)) write(`${path}/${name}`, text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'licences-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

it.each([
  ['/a/node_modules/vue/dist/vue.js', '/a/node_modules/vue'],
  ['/a/node_modules/@vue/shared/x.js?v=1', '/a/node_modules/@vue/shared'],
  ['\0/a/node_modules/rc/node_modules/ini/i.js', '/a/node_modules/rc/node_modules/ini'],
  ['C:\\a\\node_modules\\pinia\\p.mjs', 'C:/a/node_modules/pinia'],
  ['/a/src/main.ts', null],
  ['\0vite/preload-helper.js', null],
])('%s is of the package in %s', (id, folder) => {
  expect(packageFolder(id)).toBe(folder);
});

describe('the list', () => {
  it('has name, version, licence and every text, each version once and by name', () => {
    addPackage('b', { name: 'b', version: '2.0.0', license: 'MIT' }, { 'LICENSE.md': 'B\n', NOTICE: 'N' });
    addPackage('a', { name: 'a', version: '1.0.0', license: { type: 'ISC' } }, { licence: 'A', 'a.js': '' });
    addPackage('again', { name: 'a', version: '1.0.0', license: 'ISC' }, { licence: 'A' });
    const folders = ['b', 'a', 'again', 'missing'].map((name) => join(root, name));
    expect(licencesOf(folders)).toEqual([
      { name: 'a', version: '1.0.0', licence: 'ISC', text: 'A' },
      { name: 'b', version: '2.0.0', licence: 'MIT', text: 'B\n\nN' },
    ]);
  });

  it('is of what is bundled and what stands beside it, and of nothing else', async () => {
    const packages = {
      '': {},
      'node_modules/keytar': { optional: true },
      'node_modules/not-installed': { optional: true },
      'node_modules/unused': { dev: true },
      'node_modules/bundled': { dev: true },
    };
    write('package-lock.json', JSON.stringify({ packages }));
    for (const name of ['keytar', 'unused', 'bundled', 'electron'])
      addPackage(
        `node_modules/${name}`,
        { name, version: '1.0.0', license: 'MIT', type: 'module', main: 'index.js' },
        { 'index.js': 'export default () => new Date();' },
      );
    write('entry.js', "import one from 'bundled'; globalThis.one = one;");
    const built = await build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [licencePlugins(root).emit()],
      build: { write: false, rolldownOptions: { input: join(root, 'entry.js') } },
    });
    const output = 'output' in built ? built.output : [];
    const list = output.find(({ fileName }) => fileName === 'licences.json');
    const source = list?.type === 'asset' ? String(list.source) : '[]';
    const names = (JSON.parse(source) as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(['bundled', 'electron', 'keytar']);
  });
});
