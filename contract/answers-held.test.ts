import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** The rows of the table under that heading of docs/api.md: the answer, what becomes of it, and `file: title` of tests. */
function rows(heading: string): readonly (readonly string[])[] {
  const text = readFileSync(join(ROOT, 'docs/api.md'), 'utf8');
  const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

it('each answer that docs/api.md tells of has its test, by file and title', () => {
  const told = rows('Answers to be ready for');
  expect(told.length).toBeGreaterThanOrEqual(37);
  for (const [answer = '', becomes = '', tests = ''] of told) {
    expect(becomes, answer).not.toBe('');
    const named = [...tests.matchAll(/`([^`:]+)`: ([^;]+)/g)];
    expect(named.length, answer).toBeGreaterThan(0);
    for (const [, file = '', title = ''] of named)
      expect(readFileSync(join(ROOT, 'src', file), 'utf8'), `${answer}: ${file}`).toContain(title.trim());
  }
});
