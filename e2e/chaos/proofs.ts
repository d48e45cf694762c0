import { expect, type Simulator } from '../support/app.ts';
import { AGREE } from '../support/dialogs.ts';
import { filesUnder } from '../support/disk.ts';
import { formsOf } from '../support/recording.ts';
import type { Evidence } from './life.ts';

/** Clocks of two processes of one computer differ by less, ms. */
const SKEW_MS = 100;

/** Nobody is revoked but after a dialog of main about a run or about keeping out, which somebody agreed to in the life that did it. */
export function expectAgreed(simulator: Simulator, lives: readonly Evidence[]): void {
  // Two programs can be alive at once: one of them has to have been allowed to.
  const allowed = lives.flatMap(({ to, questions }) =>
    questions
      .filter(
        ({ message, pressed }) =>
          pressed === AGREE && /[Rr]evok\w+ all tokens of|^Keep .+ out /.test(message),
      )
      .map(({ at }) => ({ from: at - SKEW_MS, to: to + SKEW_MS })),
  );
  const unasked = Object.entries(simulator.ledger().revocations).flatMap(([userId, times]) =>
    times
      .filter(({ at }) => !allowed.some(({ from, to }) => from <= at && at <= to))
      .map(({ at }) => `${userId} at ${at}`),
  );
  expect(unasked, 'revocations without a dialog of main').toEqual([]);
}

/** Nothing but these is asked: an unexpected failure would be a question of its own. */
export function expectKnownQuestions(lives: readonly Evidence[]): void {
  const known = /[Rr]evok\w+ all tokens of|^Keep .+ out |^Delete the record|^End this run/;
  const others = lives.flatMap(({ questions }) =>
    questions
      .filter(({ message }) => !known.test(message))
      .map(({ message, detail }) => `${message} ${detail}`),
  );
  expect(others, 'questions that nobody expects').toEqual([]);
}

/** @param known secrets that the test itself made. */
export async function expectNoSecrets(
  profile: string,
  known: readonly string[],
  lives: readonly Evidence[],
): Promise<void> {
  const secrets = new Set([...known, ...lives.flatMap((life) => life.secrets)]);
  expect(secrets.size, 'secrets to look for').toBeGreaterThan(0);
  const forms = [...secrets].flatMap(formsOf);
  const holds = (text: string): boolean => forms.some((form) => text.includes(form));
  const files = [...(await filesUnder(profile))];
  expect(files.map(([path]) => path).join('\n')).toContain('journal.jsonl');
  expect(
    files.filter(([, text]) => holds(text)).map(([path]) => path),
    'files with a secret',
  ).toEqual([]);
  expect(lives.filter(({ output }) => holds(output)).length, 'outputs with a secret').toBe(0);
  expect(
    lives.flatMap(({ crossed }) => crossed.filter(holds).map((text) => text.slice(0, 40))),
    'answers and events with a secret',
  ).toEqual([]);
}

/** The longest moment of main: without a turn of its event loop, and busy in it. ms */
export const longestMoment = (lives: readonly Evidence[]): number =>
  Math.max(...lives.map(({ longest }) => Math.min(longest.wallMs, longest.cpuMs)));
