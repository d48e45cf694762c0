import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const eslint = new ESLint({ cwd: ROOT });

/** Room by room, what its border must stop (docs/architecture.md, "The rooms"). */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  'src/shared/plan.ts': ['electron', 'node:fs', 'vue', 'zod', '../main/clock.ts'],
  'src/renderer/src/main.ts': ['electron', 'node:fs', 'zod', 'ofetch', '../../main/clock.ts'],
  'src/preload/index.ts': ['node:fs', '../main/clock.ts', '../renderer/src/main.ts'],
  'src/main/clock.ts': ['../renderer/src/main.ts'],
  'src/main/consent/calls.ts': ['electron', '../app/window.ts', '../ipc/router.ts'],
  'src/main/genesys/http.ts': ['electron', '../app/window.ts', '../ipc/router.ts'],
  'src/main/session/session.ts': ['electron', '../app/window.ts', '../../renderer/src/main.ts'],
  'src/main/revocation/run/runner.ts': [
    'electron',
    'ofetch',
    'keytar',
    '../../app/window.ts',
    '../../secrets/memory.ts',
    '../../genesys/http.ts',
    '../../../renderer/src/main.ts',
  ],
  'src/simulator/index.ts': ['electron', '../main/clock.ts'],
};

/** On for a Vue file by ESLint, and oxlint does not know it. */
const UNKNOWN_TO_OXLINT: Readonly<Record<string, string>> = {
  'no-octal': 'a module cannot be parsed with one',
  'no-unsafe-class-instance-assignment': 'newer than oxlint-tsgolint; vue-tsc compares the members',
};

interface Config {
  readonly rules: Readonly<Record<string, readonly [number, ...unknown[]]>>;
}

const configFor = async (file: string): Promise<Config> =>
  (await eslint.calculateConfigForFile(join(ROOT, file))) as Config;

describe('A border', () => {
  it.each(Object.entries(FORBIDDEN).flatMap(([file, names]) => names.map((name) => [file, name])))(
    'of %s stops %s',
    async (file, name) => {
      const [result] = await eslint.lintText(`import '${name}';\n`, { filePath: join(ROOT, file) });
      expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual(['no-restricted-imports']);
    },
  );

  it('is the same for the components of Vue as for what stands beside them', async () => {
    const [component, script] = await Promise.all(
      ['src/renderer/src/App.vue', 'src/renderer/src/main.ts'].map(configFor),
    );
    expect(component?.rules['no-restricted-imports']).toEqual(script?.rules['no-restricted-imports']);
  });
});

interface OxlintRules {
  readonly rules: Readonly<Record<string, unknown>>;
}

describe('oxlint', () => {
  it('holds TypeScript to the rules to which ESLint holds the scripts of Vue', async () => {
    const { rules, overrides } = JSON.parse(
      readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8'),
    ) as OxlintRules & {
      readonly overrides: readonly (OxlintRules & { readonly files: readonly string[] })[];
    };
    const ofTypeScript = overrides.find(({ files }) => files.includes('**/*.ts'));
    const known = new Set(
      Object.keys({ ...rules, ...ofTypeScript?.rules }).map((name) => name.replace('typescript/', '')),
    );
    const config = await configFor('src/renderer/src/App.vue');
    const wanted = Object.entries(config.rules)
      .filter(([name, [severity]]) => severity > 0 && /^(@typescript-eslint\/)?[a-z-]+$/.test(name))
      .map(([name]) => name.replace('@typescript-eslint/', ''))
      .filter((name) => name !== 'no-restricted-imports');
    expect(wanted.length).toBeGreaterThan(100);
    expect(wanted.filter((name) => !known.has(name)).sort()).toEqual(Object.keys(UNKNOWN_TO_OXLINT).sort());
  });
});

it('a test that puts something else in the place of a module has modules of its own (vitest.config.ts)', () => {
  const tests = ['src', 'gallery', 'scripts', 'bench', 'contract'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /\.test\.(ts|mjs)$/.test(path)),
  );
  const mocking = tests.filter((path) => /^vi\.(do)?[mM]ock\(/m.test(readFileSync(join(ROOT, path), 'utf8')));
  expect(mocking).not.toEqual([]);
  expect(mocking.filter((path) => !/^(src\/main\/app\/|scripts\/packaging\.test\.ts$)/.test(path))).toEqual(
    [],
  );
});
