import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** A file of `src` that ships, by its path from the project's folder, with what it imports of `src`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Values: what is loaded when the file is. */
  readonly values: readonly string[];
  /** Types alone, which are gone when it is built. */
  readonly types: readonly string[];
}

/** What is no production source: tests, and what only they load. */
const OF_TESTS = /\.(test|fixture)\.ts$|\/(testing|fixtures|hardening)\//;

/** `import … from 'x'`, `export … from 'x'`, `import 'x'`; the first word tells whether it is of types alone. */
const STATIC = /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/gm;
/** `import('x')`: loaded when it is needed, so it closes no circle. */
const LATER = /\bimport\(\s*'(\.[^']+)'\s*\)/g;

const slashed = (path: string): string => path.split(sep).join('/');

/** @param root the project's folder. @returns every file of `src` that ships. */
export function sourceFiles(root: string): readonly SourceFile[] {
  const src = join(root, 'src');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => slashed(join('src', path)))
    .filter((path) => /\.(ts|vue)$/.test(path) && !path.endsWith('.d.ts') && !OF_TESTS.test(path))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const resolve = (to: string): string =>
        slashed(relative(root, join(root, dirname(path), to.replace(/\?.*$/, ''))));
      const found = [...text.matchAll(STATIC)].map(([, type, to = '']) => ({ type, to: resolve(to) }));
      return {
        path,
        text,
        values: found.filter(({ type }) => type === undefined).map(({ to }) => to),
        types: [
          ...found.filter(({ type }) => type !== undefined).map(({ to }) => to),
          ...[...text.matchAll(LATER)].map(([, to = '']) => resolve(to)),
        ],
      };
    });
}

/** @returns the groups of files that import each other's values in a circle; empty when there are none. */
export function importCircles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const edges = new Map(files.map(({ path, values }) => [path, values]));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  // Tarjan, R. (1972): Depth-first search and linear graph algorithms. https://doi.org/10.1137/0201010
  const visit = (path: string): number => {
    const index = order.size;
    order.set(path, index);
    stack.push(path);
    let low = index;
    for (const next of edges.get(path) ?? []) {
      if (!edges.has(next)) continue;
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (stack.includes(next)) low = Math.min(low, order.get(next) ?? low);
    }
    lowest.set(path, low);
    if (low === index) {
      const group = stack.splice(stack.indexOf(path));
      if (group.length > 1 || (edges.get(path) ?? []).includes(path)) circles.push(group.sort());
    }
    return low;
  };
  for (const path of edges.keys()) if (!order.has(path)) visit(path);
  return circles;
}

/** Rooms of the house: the folders of `src`, and those of `src/main`. Null for a file beside them. */
export const roomOf = (path: string): string | null =>
  /^src\/(main\/[^/.]+|[^/.]+)\//.exec(path)?.[1]?.replace(/^main$/, '') || null;

/** @returns `a --> b` for each two rooms of which one imports values of the other; everybody may import `shared`. */
export function roomEdges(files: readonly SourceFile[]): readonly string[] {
  const edges = files.flatMap(({ path, values }) =>
    values.flatMap((to) => {
      const [from, into] = [roomOf(path), roomOf(to)];
      return from === null || into === null || from === into || into === 'shared'
        ? []
        : [`${from} --> ${into}`];
    }),
  );
  return [...new Set(edges)].sort();
}
