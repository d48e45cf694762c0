import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keysOf } from './testing.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly keys: readonly string[];
  readonly note?: string;
}

const read = (name: string): readonly Case[] =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')) as readonly Case[];

describe('lists as people have them', () => {
  it.each(read('lists.json').map((one) => [one.name, one] as const))('%s', (_name, { text, keys }) => {
    expect(keysOf(text)).toEqual(keys);
  });
});
