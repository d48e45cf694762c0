import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningApp } from '../../e2e/support/app.ts';
import { answerMessageBoxes } from '../../e2e/support/dialogs.ts';
import { fillConfirmation, revokeButton } from '../../e2e/support/revocation.ts';
import { startSimulatorProcess, type SimulatorProcess } from '../simulator-process.ts';
import {
  PATIENCE_MS,
  planEveryone,
  planGrid,
  rowsLoaded,
  startSignedIn,
  withProfile,
} from '../window/app.ts';
import { heldByMain, memoryOfMain, runReaches, takeSeen, watchWindow } from '../window/watch.ts';

/** 98 % of the simulated users are active or inactive: a plan of 100,000. */
export const ORG_USERS = 102_100;

/** The most that the app believes an org to allow, calls a minute (src/main/genesys/limits.ts): the busiest it can be. */
const LIMIT = 10_000;

/** Users with an outcome when the app is killed. */
const KILLED_AT = 2_000;

/** So many more, and it is cancelled: a run of all takes ten minutes at that pace. */
const CANCELLED_AFTER = 8_000;

/** After the start and signing in, until nothing happens any more, ms. */
const SETTLE_MS = 3_000;

export interface Phase {
  readonly name: string;
  readonly seconds: number;
  /** Most memory of main until the end of the phase, more than it had when signed in and idle; bytes. */
  readonly growth: number;
  /** Users that got an outcome in it. */
  readonly users: number;
  readonly events: number;
  /** Longest task of the window in it, ms; 0 when none took 50 ms. */
  readonly longestTask: number;
  /** Longest that this process, which only waits, was held up meanwhile, ms: what a busy machine does to anybody. */
  readonly heldUp: number;
}

export interface LargeResult {
  readonly planned: number;
  /** Heap of main at the end, rubbish collected, bytes. */
  readonly held: number;
}

const machine = monitorEventLoopDelay({ resolution: 10 });
machine.enable();

/** One start of the app, measured phase by phase. @param alreadyDone users that had an outcome before. */
async function measuring(app: RunningApp, alreadyDone: number, onPhase: (phase: Phase) => void) {
  await watchWindow(app.page);
  await sleep(SETTLE_MS);
  const idle = await memoryOfMain(app.electron);
  await takeSeen(app.page);
  let done = alreadyDone;
  return async (name: string, work: () => Promise<void>): Promise<void> => {
    const started = performance.now();
    machine.reset();
    await work();
    const seconds = (performance.now() - started) / 1_000;
    const seen = await takeSeen(app.page);
    const { peak } = await memoryOfMain(app.electron);
    onPhase({
      name,
      seconds,
      growth: peak - idle.resident,
      users: Math.max(0, seen.done - done),
      events: seen.events,
      longestTask: Math.max(0, ...seen.longTasks),
      heldUp: machine.max / 1e6,
    });
    done = Math.max(done, seen.done);
  };
}

/** What a person does with a table of 100,000 rows before believing it. */
async function review({ page }: RunningApp): Promise<void> {
  const grid = planGrid(page);
  await grid.focus();
  for (let pages = 0; pages < 20; pages += 1) await grid.press('PageDown');
  await grid.press('End');
  await page.getByTitle('Sort by Name').click();
  const filter = page.getByLabel('Filter Rows of the plan');
  await filter.pressSequentially('maria', { delay: 50 });
  await page.getByText(/\d of [\d,]+ rows/).waitFor();
  await filter.fill('');
}

async function start({ electron, page }: RunningApp): Promise<void> {
  await answerMessageBoxes(electron, 1);
  await fillConfirmation(page, 'Bench');
  await revokeButton(page).click();
  await runReaches(page, 1, PATIENCE_MS);
}

async function resume({ page }: RunningApp, done: number): Promise<void> {
  await page
    .locator('.callout', { hasText: 'A run was interrupted' })
    .getByRole('button', { name: 'Resume' })
    .click();
  await runReaches(page, done + 1, PATIENCE_MS);
}

async function cancel({ page }: RunningApp): Promise<void> {
  await page.getByRole('button', { name: 'Cancel run…' }).click();
  await page.getByRole('button', { name: 'Stop here' }).click();
  await rowsLoaded(page, 'Outcomes');
}

const planned = async ({ page }: RunningApp): Promise<number> => {
  const rows = await planGrid(page).getAttribute('aria-rowcount');
  return Number(rows) - 1; // without its head
};

/** A plan of everyone: made, reviewed, started, killed with -9 in the middle, and resumed after a new start. */
async function measureWith(
  simulator: SimulatorProcess,
  profile: string,
  onPhase: (phase: Phase) => void,
): Promise<LargeResult> {
  const first = await startSignedIn(profile, simulator);
  let total: number;
  try {
    const phase = await measuring(first, 0, onPhase);
    await phase('Plan of everyone made', () => planEveryone(first.page));
    await phase('Rows loaded into the table', () => rowsLoaded(first.page, 'Rows of the plan'));
    total = await planned(first);
    await phase('Scrolled, sorted, filtered', () => review(first));
    await phase('Confirmed and started', () => start(first));
    await phase('Running', () => runReaches(first.page, KILLED_AT, PATIENCE_MS));
  } finally {
    await first.kill();
  }

  const second = await startSignedIn(profile, simulator);
  try {
    const phase = await measuring(second, KILLED_AT, onPhase);
    await phase('Killed, started anew, resumed', () => resume(second, KILLED_AT));
    await phase('Running on', () => runReaches(second.page, KILLED_AT + CANCELLED_AFTER, PATIENCE_MS));
    await phase('Cancelled, report loaded', () => cancel(second));
    return { planned: total, held: await heldByMain(second.electron) };
  } finally {
    await second.kill();
  }
}

export async function measureLarge(onPhase: (phase: Phase) => void): Promise<LargeResult> {
  const simulator = await startSimulatorProcess({ users: ORG_USERS, limit: LIMIT });
  try {
    return await withProfile((profile) => measureWith(simulator, profile, onPhase));
  } finally {
    await simulator.stop();
  }
}
