import fs, { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProfile } from './profile.mjs';

/** No process has it: Linux gives none above 4,194,304. */
const GONE = 99_999_999;

const { rmSync: remove } = fs;
let folder = '';
let left = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profile-test-'));
  vi.stubEnv('TMPDIR', folder);
  left = join(folder, `chromium-electron-${GONE}-x`);
  mkdirSync(join(left, 'Default'), { recursive: true });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  remove(folder, { recursive: true });
});

it('removes what a killed app has left, and nothing of one that runs', () => {
  const own = createProfile();
  expect(existsSync(left)).toBe(false);
  createProfile();
  expect(existsSync(own)).toBe(true);
});

it('starts all the same where a killed app’s Chromium is still writing', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(fs, 'rmSync').mockImplementation(() => {
    throw new Error('ENOTEMPTY: directory not empty');
  });
  expect(existsSync(createProfile())).toBe(true);
  expect(existsSync(left)).toBe(true);
});
