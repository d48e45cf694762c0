import { expect, test } from 'vitest';
import { longFunctions, reasonIn } from './functions.ts';

const body = '  call();\n'.repeat(4);
const file = (text: string, path = 'src/a.ts') => [{ path, text, values: [], types: [] }];

test('a function over the limit is found with its name, its line and its length', () => {
  const text = `const a = 1;\nexport function long(): void {\n${body}}\nfunction short() {}\n`;
  expect(longFunctions(file(text), 5)).toEqual([
    { path: 'src/a.ts', line: 2, name: 'long', lines: 6, reason: null },
  ]);
});

test('a comment above it says why it is long', () => {
  const text = `/**\n * Does it.\n * Long: one list of\n * entries. And more.\n */\nexport const list = () => {\n${body}};\n`;
  expect(longFunctions(file(text), 5)).toMatchObject([{ name: 'list', reason: 'one list of entries' }]);
});

test('a reason inside a function is no reason for it', () => {
  const text = `function long() {\n  // Long: no.\n${body}}\n`;
  expect(longFunctions(file(text), 5)).toMatchObject([{ reason: null }]);
});

test('the script of a Vue file counts from where it is in the file', () => {
  const text = `<template>\n</template>\n<script setup lang="ts">\nfunction long() {\n${body}}\n</script>\n`;
  expect(longFunctions(file(text, 'src/A.vue'), 5)).toMatchObject([{ line: 4, lines: 6 }]);
});

test('a reason may run over several lines of a comment', () => {
  expect(reasonIn('// Long: every outcome\n// has its line.')).toBe('every outcome has its line');
  expect(reasonIn('// As long as it is.')).toBeNull();
});
