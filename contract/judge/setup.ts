import { join, sep } from 'node:path';
import { afterAll, afterEach, expect } from 'vitest';
import type { Finding } from './finding.ts';
import { failOn } from './listener.ts';
import { listener } from './tests.ts';

// Every test that starts a simulator is judged: what the app or the official SDK asked of it, and what it answered.

/** The simulator's own tests ask by hand, and wrong on purpose; what it answers is judged there as everywhere. */
const SIMULATOR_TESTS = join(import.meta.dirname, '..', '..', 'src', 'simulator') + sep;

const pass = (findings: readonly Finding[], file = ''): void => {
  const byHand = file.startsWith(SIMULATOR_TESTS);
  failOn(byHand ? findings.filter(({ kind }) => kind.startsWith('answered')) : findings);
};

afterEach(({ task }) => pass(listener.take(), task.file.filepath));
afterAll(() => pass(listener.take(), expect.getState().testPath));
