import { readFileSync, readdirSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { FUSES } from '../../packaging/electron-builder.ts';
import { packageLayout } from './package.ts';

/** A fuse's byte in the wire: https://github.com/electron/electron/blob/main/docs/tutorial/fuses.md#the-hard-way */
const ENABLED = '1'.charCodeAt(0);
const LARGEST_ARCHIVE = 3_000_000;

const layout = packageLayout();
const archive = join(layout.resources, 'app.asar');
/** What the bundler names, by its kind: the window's parts, and main's, which come when they are needed. */
const plain = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^(\/out\/renderer\/assets\/).+(\.\w+)$/, '$1*$2')
    .replace(/^(\/out\/main\/(?:chunks\/)?).+-[\w-]{8}\.js$/, '$1*.js');
const entries = listPackage(archive, { isPack: false });
const isFile = (path: string): boolean => 'size' in statFile(archive, path.slice(1));
const files = entries.filter(isFile);
const read = (path: string): string => extractFile(archive, path.slice(1)).toString();

/** What each place of the package may hold, and nothing else. */
const EXPECTED = [
  '/node_modules/keytar/LICENSE.md',
  '/node_modules/keytar/build/Release/keytar.node',
  '/node_modules/keytar/lib/keytar.js',
  '/node_modules/keytar/package.json',
  '/out/main/*.js',
  '/out/main/chunks/*.js',
  '/out/main/index.js',
  '/out/preload/index.cjs',
  '/out/renderer/assets/*.css',
  '/out/renderer/assets/*.js',
  '/out/renderer/index.html',
  '/out/renderer/licences.json',
  '/package.json',
];

test('the archive holds exactly what is needed, in under 3 MB', () => {
  expect([...new Set(files.map(plain))].sort()).toEqual(EXPECTED);
  expect(statSync(archive).size).toBeLessThan(LARGEST_ARCHIVE);
});

test('nothing is outside the archive but keytar, which the system loads from a file', () => {
  const outside = readdirSync(`${archive}.unpacked`, { recursive: true, encoding: 'utf8' })
    .map((path) => `/${path.replaceAll('\\', '/')}`)
    .filter((path) => statSync(join(`${archive}.unpacked`, path)).isFile());
  expect(outside.filter((path) => !path.startsWith('/node_modules/keytar/'))).toEqual([]);
  expect(outside).toContain('/node_modules/keytar/build/Release/keytar.node');
  expect(readdirSync(layout.resources)).toEqual(
    expect.arrayContaining(['app.asar', 'app.asar.unpacked', 'sbom.cdx.json', 'LICENSE.tokendesk.txt']),
  );
});

/** Of the simulator's fault desk: how often, after how many calls, and what it says of a route that is none. */
const FAULT_DESK = ['afterCalls', 'probability', 'no route fits'];

test('no source map, no development override, no fault desk and no control of the simulator is in it', () => {
  for (const path of files.filter((file) => /\.(js|cjs|html|json)$/.test(file))) {
    const unwanted = ['sourceMappingURL', 'TOKENDESK_', 'ELECTRON_RENDERER_URL', '/__sim/', ...FAULT_DESK];
    const found = unwanted.filter((text) => read(path).includes(text));
    expect({ path, found }).toEqual({ path, found: [] });
  }
});

test('main loads nothing that is not in the package', () => {
  const imported = files
    .filter((path) => /[\\/]out[\\/]main[\\/].*\.js$/.test(path))
    .flatMap((path) => [
      ...read(path).matchAll(
        /^(?:import|export) (?:[^'"]* from )?["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm,
      ),
    ])
    .map(([, from, dynamic]) => from ?? dynamic ?? '')
    .filter((name) => !name.startsWith('.'))
    .map((name) => name.replace(/^node:/, ''));
  const builtin = new Set(builtinModules);
  expect([...new Set(imported)].filter((name) => !builtin.has(name)).sort()).toEqual(['electron', 'keytar']);
});

test('the manifest is for running, not for developing', () => {
  const manifest = JSON.parse(read('/package.json')) as object;
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['devDependencies']));
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts']));
  expect(manifest).toMatchObject({ productName: 'Tokendesk', main: './out/main/index.js' });
});

test('the fuses in the program are those that were decided', async () => {
  const wire = await getCurrentFuseWire(layout.executable);
  const found = Object.fromEntries(
    Object.entries(FUSES).map(([name]) => {
      const fuse = `${name.charAt(0).toUpperCase()}${name.slice(1)}` as keyof typeof FuseV1Options;
      return [name, Number(wire[FuseV1Options[fuse]]) === ENABLED];
    }),
  );
  expect(found).toEqual(FUSES);
  // Each one that the library knows is decided.
  const known = Object.values(FuseV1Options).filter((value) => typeof value === 'number');
  expect(Object.keys(FUSES)).toHaveLength(known.length);
});

test('licences and bill of materials name the same: all that ships', () => {
  const licences = JSON.parse(read('/out/renderer/licences.json')) as {
    name: string;
    version: string;
    text: string;
  }[];
  const bom = JSON.parse(readFileSync(join(layout.resources, 'sbom.cdx.json'), 'utf8')) as {
    components: { name: string; version: string }[];
  };
  const name = (component: { name: string; version: string }): string =>
    `${component.name} ${component.version}`;
  expect(bom.components.map(name)).toEqual(licences.map(name));
  const shipped = licences.map((licence) => licence.name);
  for (const needed of ['electron', 'keytar', '@vue/runtime-dom', 'zod', 'ofetch'])
    expect(shipped).toContain(needed);
  expect(licences.filter(({ text }) => text === '').map(name)).toEqual([]);
  expect(readdirSync(layout.top)).toContain('LICENSE.electron.txt');
});
