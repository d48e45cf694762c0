import { describe, expect, it } from 'vitest';
import { isInstalled, mayTryElectron, reasonToInstall } from './stamp.mjs';

const STAMP = { lock: 'a', nodeMajor: '20', hadHeaders: true };
const NOW = { lock: 'a', nodeMajor: '20', hasHeaders: true, hasKeytar: true };

describe('installing the npm packages', () => {
  it.each([
    ['nothing changed', STAMP, {}, null],
    ['never done', null, {}, 'they are not installed yet'],
    ['another lock file', STAMP, { lock: 'b' }, 'package-lock.json changed'],
    ['another Node', STAMP, { nodeMajor: '24' }, 'Node 20 became 24'],
    [
      'headers came after keytar was left out',
      { ...STAMP, hadHeaders: false },
      { hasKeytar: false },
      'keytar can be built now',
    ],
    ['keytar does not build although the headers were there', STAMP, { hasKeytar: false }, null],
    ['no headers, as before', { ...STAMP, hadHeaders: false }, { hasHeaders: false, hasKeytar: false }, null],
    ['headers came, keytar was there', { ...STAMP, hadHeaders: false }, {}, null],
  ])('%s', (_when, stamp, change, expected) => {
    expect(reasonToInstall(stamp, { ...NOW, ...change })).toBe(expected);
  });
});

describe("trying Electron's download", () => {
  const noon = Date.parse('2026-11-22T12:00:00Z');
  it.each([
    ['never tried', null, false, true],
    ['tried an hour ago', '2026-11-22T11:00:00Z', false, false],
    ['tried an hour ago, asked to retry', '2026-11-22T11:00:00Z', true, true],
    ['tried yesterday', '2026-11-21T11:59:00Z', false, true],
    ['tried in the future: the clock was wrong', '2026-11-23T12:00:00Z', false, true],
    ['an unreadable time', 'soon', false, true],
  ])('%s', (_when, electronTriedAt, retry, expected) => {
    const stamp = electronTriedAt === null ? STAMP : { ...STAMP, electronTriedAt };
    expect(mayTryElectron(stamp, { now: noon, retry })).toBe(expected);
  });
});

describe('an installation made by hand', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b-darwin': { version: '2.0.0', optional: true },
    },
  };
  it.each([
    ['is taken over when it agrees', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['is not when a version differs', { 'node_modules/a': { version: '1.0.1' } }, false],
    ['is not when a package is missing', {}, false],
    [
      'is not when an optional package differs',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-darwin': { version: '2.1.0' } },
      false,
    ],
  ])('%s', (_how, packages, expected) => {
    expect(isInstalled(lock, { packages })).toBe(expected);
  });

  it('is not taken over on the word of an empty file', () => {
    expect(isInstalled({}, {})).toBe(false);
  });
});
