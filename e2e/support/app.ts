import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { listenToExchanges, failOn } from '../../contract/judge/listener.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts';
import { startDesktop } from './desktop.ts';
import { findingsIn } from './judge.ts';
import { IN_PACKAGE, launchApp, takeProblems, type LaunchOptions, type RunningApp } from './launch.ts';
import { signInWithToken } from './window.ts';

interface Fixtures {
  /** How `simulator` behaves; `test.use({ simulatorOptions: … })`. */
  readonly simulatorOptions: SimulatorOptions;
  /** A user-data folder of this test alone. */
  readonly profile: string;
  readonly simulator: Simulator;
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>;
  /** How `signedIn` is started, beside the simulator; `test.use({ startedWith: { env: … } })`. */
  readonly startedWith: Pick<LaunchOptions, 'env'>;
  /** An app in front of `simulator`, with its administrator signed in: for tests that are not about signing in. */
  readonly signedIn: RunningApp;
  /** Holds every test against the API's description: what was asked and answered, by which simulator ever. */
  readonly judged: { readonly demoExchanges: string };
}

export const test = base.extend<Fixtures, { readonly desktop: undefined }>({
  desktop: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures used from this pattern
    async ({}, use) => {
      if (process.platform !== 'linux') {
        await use(undefined);
        return;
      }
      // For the app, and for keytar in this process: focus, windows and keychain are of this worker alone.
      const { env, end } = await startDesktop();
      Object.assign(process.env, env);
      await use(undefined);
      await end();
    },
    { scope: 'worker', auto: true },
  ],

  simulatorOptions: [{}, { option: true }],

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures used from this pattern
  profile: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tokendesk-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  simulator: async ({ simulatorOptions }, use) => {
    const simulator = await startSimulator({ users: 1000, seed: 1, limit: 10_000, ...simulatorOptions });
    await use(simulator);
    await simulator.close();
  },

  judged: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures used from this pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'tokendesk-exchanges-'));
      const demoExchanges = join(folder, 'exchanges.jsonl');
      const listener = listenToExchanges();
      await use({ demoExchanges });
      listener.close();
      const ofDemo = await findingsIn(demoExchanges);
      await rm(folder, { recursive: true, force: true });
      failOn([...listener.take(), ...ofDemo]);
    },
    { auto: true },
  ],

  launch: async ({ profile, judged }, use) => {
    const running: RunningApp[] = [];
    takeProblems();
    await use(async (options = {}) => {
      base.skip(IN_PACKAGE && options.preload !== undefined, 'A package loads nothing before itself');
      const started = await launchApp(profile, { exchanges: judged.demoExchanges, ...options });
      running.push(started);
      return started;
    });
    await Promise.all(running.map((app) => app.kill()));
    expect(takeProblems(), 'console errors, uncaught exceptions and CSP violations').toEqual([]);
  },

  startedWith: [{}, { option: true }],

  signedIn: async ({ launch, simulator, startedWith }, use) => {
    const app = await launch({ simulator, ...startedWith });
    await signInWithToken(app.page, simulator, simulator.token);
    await use(app);
  },
});

export { expect, IN_PACKAGE, launchApp, takeProblems, type RunningApp, type Simulator };
