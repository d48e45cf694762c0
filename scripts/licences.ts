// The list of licences that the app shows and the bill of materials beside it: made while it is built, from what is
// really in it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { z } from 'zod';
import { billOfMaterials } from './sbom.ts';

interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Empty where the package brings none. */
  readonly text: string;
}

const TEXT_FILE = /^(licen[cs]e|copying|notice)([-.].*)?$/i;

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z
    .union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)])
    .default('See the text'),
});
const lockFile = z.object({
  packages: z.record(z.string(), z.object({ integrity: z.string().optional() })),
});
const app = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** What ships without being bundled: keytar's module, the headers that are compiled into it, and the runtime. */
const BESIDE_THE_BUNDLES = ['keytar', 'node-addon-api', 'electron'];

const readJson = <T>(path: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(readFileSync(path, 'utf8')));

/** The folder of the package that a module belongs to; null for one of the app's own. @param id as the bundler names it */
export function packageFolder(id: string): string | null {
  const path = id
    .replace(/^\0/, '')
    .replace(/[?#].*$/, '')
    .replaceAll('\\', '/');
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)(?:\/|$)/.exec(path)?.[1] ?? null;
}

/** @returns null where there is no package: an optional one that is not installed is not shipped either */
function readPackage(folder: string): Licence | null {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return null;
  const { name, version, license } = readJson(file, manifest);
  const texts = readdirSync(folder)
    .filter((entry) => TEXT_FILE.test(entry))
    .sort()
    .map((entry) => readFileSync(join(folder, entry), 'utf8').trim());
  return { name, version, licence: license, text: texts.join('\n\n') };
}

/** By name, each version once. */
export function licencesOf(folders: Iterable<string>): readonly Licence[] {
  const found = new Map<string, Licence>();
  for (const folder of folders) {
    const licence = readPackage(folder);
    if (licence) found.set(`${licence.name} ${licence.version}`, licence);
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** SHA-512 of a package's archive as the lock file has it, base64 behind `sha512-`; null where it has none. */
function integrityOf(root: string, folders: Iterable<string>): ReadonlyMap<string, string | null> {
  const { packages } = readJson(join(root, 'package-lock.json'), lockFile);
  return new Map(
    [...folders].map((folder) => {
      const place = folder.replaceAll('\\', '/').replace(`${root.replaceAll('\\', '/')}/`, '');
      const { name, version } = readPackage(folder) ?? { name: folder, version: '' };
      return [`${name} ${version}`, packages[place]?.integrity ?? null];
    }),
  );
}

/**
 * `collect` goes into the build of each bundle, `emit` into the last one: it writes `licences.json` beside the page, and
 * `sbom.cdx.json` beside the bundles' folders.
 */
export function licencePlugins(root: string) {
  const folders = new Set(BESIDE_THE_BUNDLES.map((name) => join(root, 'node_modules', name)));
  const take = (bundle: Rolldown.OutputBundle): void => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      for (const id of Object.keys(chunk.modules)) {
        const folder = packageFolder(id);
        if (folder !== null) folders.add(folder);
      }
    }
  };
  return {
    collect: (): Plugin => ({
      name: 'licences-collect',
      generateBundle(_options, bundle) {
        take(bundle);
      },
    }),
    emit: (): Plugin => ({
      name: 'licences-emit',
      generateBundle(_options, bundle) {
        take(bundle);
        const source = JSON.stringify(licencesOf(folders));
        this.emitFile({ type: 'asset', fileName: 'licences.json', source });
      },
      writeBundle({ dir = '' }) {
        const bom = billOfMaterials({
          app: readJson(join(root, 'package.json'), app),
          components: licencesOf(folders),
          integrity: integrityOf(root, folders),
        });
        mkdirSync(dirname(dir), { recursive: true });
        writeFileSync(join(dirname(dir), 'sbom.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
      },
    }),
  };
}
