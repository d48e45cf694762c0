import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCircles, roomEdges, sourceFiles } from './imports.ts';

const ROOT = join(import.meta.dirname, '../..');
const files = sourceFiles(ROOT);

interface Arrow {
  readonly from: string;
  readonly to: string;
  /** The call of the contract that crosses between window and main there. */
  readonly call: string | undefined;
}

/** The arrows of each mermaid picture of docs/architecture.md, in its order. */
function pictures(): readonly (readonly Arrow[])[] {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  return [...text.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, picture = '']) => {
    const names = new Map(
      [...picture.matchAll(/(\w+)\["([^"]+)"\]/g)].map(([, id = '', name = '']) => [id, name]),
    );
    const nameOf = (id: string): string => names.get(id) ?? id;
    const arrow = /^\s*(\w+)(?:\["[^"]+"\])? (?:-- "([^"]+)" )?--> (\w+)/gm;
    return [...picture.matchAll(arrow)].map(([, from = '', call, to = '']) => ({
      from: nameOf(from),
      to: nameOf(to),
      call,
    }));
  });
}

describe('docs/architecture.md', () => {
  const [rooms = [], ...ways] = pictures();

  it('draws the rooms as they import each other', () => {
    expect(rooms.map(({ from, to }) => `${from} --> ${to}`).sort()).toEqual(roomEdges(files));
  });

  it('draws four ways of which every step is there', () => {
    expect(ways).toHaveLength(4);
    const at = new Map(files.map((file) => [file.path, file]));
    const imports = (from: string, to: string): boolean => {
      const file = at.get(from);
      return file !== undefined && [...file.values, ...file.types].includes(to);
    };
    const untrue = ways.flat().filter(({ from, to, call }) => {
      const [one, other] = [at.get(from), at.get(to)];
      if (!one || !other) return true;
      if (call === undefined) return !imports(from, to) && !imports(to, from);
      return !one.text.includes(`'${call}'`) || !other.text.includes(`'${call}'`);
    });
    expect(untrue).toEqual([]);
  });
});

describe('the figures of check:house', () => {
  const file = (path: string, values: readonly string[], text = '') => ({ path, values, text, types: [] });

  it('finds circles of imports, and only those', () => {
    expect(importCircles(files)).toEqual([]);
    expect(
      importCircles([
        file('a', ['b', 'd']),
        file('b', ['c']),
        file('c', ['a', 'd']),
        file('d', []),
        file('e', ['e']),
      ]),
    ).toEqual([['a', 'b', 'c'], ['e']]);
  });
});
