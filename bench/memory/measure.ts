import type { Page } from '@playwright/test';
import type { RunningApp } from '../../e2e/support/app.ts';
import { startSimulatorProcess } from '../simulator-process.ts';
import { heapOf, startSignedIn, withProfile } from '../window/app.ts';
import { heldByMain } from '../window/watch.ts';

/** 98 % of the simulated users are active or inactive: a plan of 20,000. */
const ORG_USERS = 20_408;
const PLANS = 10;
const HOURS = 8;

/** What is held after some step, rubbish collected, bytes. */
export interface Held {
  readonly after: number;
  readonly main: number;
  readonly window: number;
}

export interface MemoryResult {
  readonly users: number;
  /** After each plan. */
  readonly plans: readonly Held[];
  /** After each hour of the window's clock. */
  readonly hours: readonly Held[];
}

const held = async ({ electron, page }: RunningApp, after: number): Promise<Held> => ({
  after,
  main: await heldByMain(electron),
  window: await heapOf(page),
});

/** A plan of everyone, read anew and with all its rows, as the window has them. @returns its users. */
const makePlan = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { call } = window.tokendesk;
    const source = { kind: 'everyone', inactive: true } as const;
    const plan = await call['plan.resolve']({ include: [source], exclude: [], readAgain: true });
    if (!plan.ok) throw new Error(plan.error.message);
    const { planId, total } = plan.data;
    for (let from = 0; from < total; from += 10_000) {
      const block = await call['plan.packedRows']({ planId, from, count: 10_000 });
      if (!block.ok) throw new Error(block.error.message);
    }
    return total;
  });

/** Ten plans one after the other, and then eight hours in which nobody does anything, by the window's clock. */
export async function measureMemory(): Promise<MemoryResult> {
  const simulator = await startSimulatorProcess({ users: ORG_USERS, limit: 100_000 });
  try {
    return await withProfile(async (profile) => {
      const app = await startSignedIn(profile, simulator);
      try {
        const plans: Held[] = [];
        const hours: Held[] = [];
        let users = 0;
        for (let n = 1; n <= PLANS; n += 1) {
          users = await makePlan(app.page);
          plans.push(await held(app, n));
        }
        await app.page.clock.install();
        for (let hour = 1; hour <= HOURS; hour += 1) {
          await app.page.clock.runFor('01:00:00');
          hours.push(await held(app, hour));
        }
        return { users, plans, hours };
      } finally {
        await app.kill();
      }
    });
  } finally {
    await simulator.stop();
  }
}
