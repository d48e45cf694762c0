import { expect, it } from 'vitest';
import { countUsers, isList, looksLikeUser } from './identifiers.ts';

it('knows an address and an id when it sees one', () => {
  expect(looksLikeUser('ana.lopez@example.com')).toBe(true);
  expect(looksLikeUser("o'brien@example.ie")).toBe(true);
  expect(looksLikeUser('8F2C1E7A-54b0-4c62-9a53-0d1b7c6f2e11')).toBe(true);
  for (const text of ['Ana Lopez', '@here', 'a@b', 'ana@', '8f2c1e7a', ''])
    expect(looksLikeUser(text), text).toBe(false);
});

it('tells a list from a name', () => {
  expect(isList('ana@example.com\nben@example.com')).toBe(true);
  expect(isList('Ana Lopez\r\nBen Ott\r\n')).toBe(true);
  expect(isList('ana@example.com, ben@example.com')).toBe(true);
  expect(isList('ana@example.com\n')).toBe(false);
  expect(isList('Ana Lopez')).toBe(false);
  expect(countUsers('"Ana" <ana@example.com>; ben@example.com')).toBe(2);
});

it('takes a megabyte of anything in its stride', () => {
  const before = process.cpuUsage();
  for (const part of ['a', '@', 'a@', '<', '\n', 'a@b.c,', '-'.repeat(36)])
    isList(part.repeat(Math.ceil(1_000_000 / part.length)));
  const { user, system } = process.cpuUsage(before);
  // A second; quadratic, it takes minutes.
  expect((user + system) / 1_000).toBeLessThan(20_000);
});
