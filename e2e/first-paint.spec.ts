import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const RENDERER = 'out/renderer';
const LIMIT_KB = 120;

/** The scripts that the window must have before its first paint: the page's own, in which the first view is, and what they import. */
function firstScripts(): ReadonlySet<string> {
  const page = readFileSync(join(RENDERER, 'index.html'), 'utf8');
  const todo = [...page.matchAll(/"\.\/assets\/([^"]+\.js)"/g)].map(([, name]) => name!);
  const found = new Set<string>();
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const script = readFileSync(join(RENDERER, 'assets', name), 'utf8');
    todo.push(...[...script.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map(([, other]) => other!));
  }
  return found;
}

test(`the first paint needs at most ${LIMIT_KB} KB of JavaScript, compressed`, () => {
  const scripts = firstScripts();
  const sizes = [...scripts].map((name) => gzipSync(readFileSync(join(RENDERER, 'assets', name))).length);
  expect(sizes.length).toBeGreaterThan(0);
  // Asked for by a script that has come, it would cost the start another round.
  expect(readdirSync(join(RENDERER, 'assets')).filter((name) => name.startsWith('TokenView'))).toEqual([]);
  expect(sizes.reduce((sum, size) => sum + size, 0) / 1000).toBeLessThanOrEqual(LIMIT_KB);
});
