import { setTimeout as sleep } from 'node:timers/promises';
import type { CallInput, CallName, CallOutput } from '../../src/shared/ipc.ts';
import type { Result } from '../../src/shared/result.ts';
import type { RunProgress } from '../../src/shared/run.ts';
import { expect, type RunningApp, type Simulator } from '../support/app.ts';
import { AGREE, answerMessageBoxes, DECLINE } from '../support/dialogs.ts';
import { callsPerUser } from '../support/revocation.ts';
import { signInWithToken } from '../support/window.ts';

const POLL_MS = 100;

/** A call by the bridge, whatever its answer is. */
export const tryAsk = <K extends CallName>(
  { page }: RunningApp,
  name: K,
  input: CallInput<K>,
): Promise<Result<CallOutput<K>>> =>
  page.evaluate(
    ([call, value]) => window.tokendesk.call[call as 'app.snapshot'](value as null) as Promise<unknown>,
    [name, input] as const,
  ) as Promise<Result<CallOutput<K>>>;

/** @throws when the call failed. */
export async function ask<K extends CallName>(
  app: RunningApp,
  name: K,
  input: CallInput<K>,
): Promise<CallOutput<K>> {
  const result = await tryAsk(app, name, input);
  if (!result.ok) throw new Error(`${name}: ${result.error.code}, ${result.error.message}`);
  return result.data;
}

const callsSoFar = (simulator: Simulator): number =>
  [...callsPerUser(simulator).values()].reduce((sum, calls) => sum + calls, 0);

/** Asked for twice: declined, which must reach nobody, then agreed to. */
export async function agreedTo<K extends 'runs.start' | 'runs.resume' | 'keepOut.start' | 'keepOut.resume'>(
  app: RunningApp,
  simulator: Simulator,
  name: K,
  input: CallInput<K>,
): Promise<CallOutput<K>> {
  const before = callsSoFar(simulator);
  await answerMessageBoxes(app.electron, DECLINE);
  expect(await ask(app, name, input), `${name}, declined`).toBeNull();
  expect(callsSoFar(simulator), `calls after ${name} was declined`).toBe(before);
  await answerMessageBoxes(app.electron, AGREE);
  return ask(app, name, input);
}

/** Every third by address, every fifth by the name they sign in with, as lists of people have them; the others by id. */
export const asListed = (simulator: Simulator, userIds: readonly string[]): Promise<readonly string[]> =>
  Promise.all(
    userIds.map(async (id, n) => {
      if (n % 3 !== 0 && n % 5 !== 0) return id;
      const headers = { authorization: `Bearer ${simulator.token}` };
      const answer = await fetch(`${simulator.api}/api/v2/users/${id}`, { headers });
      const user = (await answer.json()) as { readonly email: string; readonly username: string };
      return n % 5 === 0 ? user.username : user.email;
    }),
  );

/** @param lines of the list, a user each. @returns the run's id. */
export async function startRun(
  app: RunningApp,
  simulator: Simulator,
  lines: readonly string[],
): Promise<string> {
  const { listId } = await ask(app, 'list.fromText', { text: lines.join('\n') });
  const plan = await ask(app, 'plan.resolve', {
    include: [{ kind: 'list', listId, column: 0 }],
    exclude: [],
  });
  const begun = await agreedTo(app, simulator, 'runs.start', {
    planId: plan.planId,
    dryRun: false,
    reason: 'Chaos',
    ticket: '',
    confirmation: plan.confirmationText,
  });
  return begun?.runId ?? '';
}

export const resumeRun = async (app: RunningApp, simulator: Simulator, runId: string): Promise<void> => {
  await agreedTo(app, simulator, 'runs.resume', { runId });
};

/** As a person would whose token was taken away. */
export const signInAgain = ({ page }: RunningApp, simulator: Simulator): Promise<void> =>
  signInWithToken(page, simulator, simulator.issueToken(simulator.userId));

/** Until the run has ended, or it is enough, or the time is over. A token that was taken away is replaced. */
export async function follow(
  app: RunningApp,
  runId: string,
  {
    simulator,
    until,
    enough,
  }: {
    readonly simulator: Simulator;
    /** ms since the epoch. */
    readonly until: number;
    readonly enough?: (progress: RunProgress) => boolean;
  },
): Promise<RunProgress> {
  for (;;) {
    const progress = await ask(app, 'runs.progress', { runId });
    const { state } = progress;
    if (state.kind === 'finished' || enough?.(progress) === true || Date.now() >= until) return progress;
    if (state.kind === 'paused' && state.reason === 'sign-in-needed') await signInAgain(app, simulator);
    await sleep(POLL_MS);
  }
}
