import { _electron as electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronEnvironment, IN_SANDBOX } from '../../scripts/electron-environment.mjs';
import type { Bridge } from '../../src/shared/ipc.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { packageForTestsLayout } from '../packaged/package.ts';
import { AGREE, answerMessageBoxes } from './dialogs.ts';
import { EXCHANGES_RECORDER } from './judge.ts';

declare global {
  interface Window {
    readonly tokendesk: Bridge;
  }
}

// Playwright resolves the `electron` package in this process, so it must be told here what runs the app.
Object.assign(process.env, electronEnvironment());

/** `npm run test:e2e -- --package`: the program that is started instead of the bundles in out/. */
const PACKAGE = process.env['TOKENDESK_TEST_PACKAGE'] ? packageForTestsLayout().executable : undefined;

/** Whether a package is run, which loads nothing before itself and has its files elsewhere. */
export const IN_PACKAGE = PACKAGE !== undefined;

export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** Process id of main, for tests that kill it. */
  readonly pid: number;
  /** Ends the app as a person does, and waits until its process is gone. */
  readonly quit: () => Promise<void>;
  /** When its process is gone. */
  readonly ended: Promise<void>;
  /** `kill -9` of main: nothing in it gets another turn. */
  readonly kill: () => Promise<void>;
}

export interface LaunchOptions {
  /** Added to the environment of main; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Regions answer from this simulator instead of Genesys Cloud. */
  readonly simulator?: Pick<Simulator, 'api' | 'login'>;
  /** Leave the introduction of the first start open. */
  readonly keepIntroduction?: boolean;
  /** A CommonJS module that main loads before the app; a package loads none. */
  readonly preload?: string;
  /** A file for what the demo organisation inside main is asked and answers. */
  readonly exchanges?: string;
  /** Switches of Chromium, as `--proxy-server=…`. */
  readonly switches?: readonly string[];
  /** A packaged app, instead of the bundles in out/. */
  readonly executablePath?: string;
}

/**
 * The policy forbids WebRTC (CSP 3, 6.3.1: https://www.w3.org/TR/CSP3/#directive-webrtc); a Chromium that does not know
 * the directive says so in each window, and obeys all the others.
 */
const UNKNOWN_DIRECTIVE = "Unrecognized Content-Security-Policy directive 'webrtc'.";

/** Console messages of type error and uncaught exceptions; CSP violations are among them. */
const problems: string[] = [];

/** For a test that attacks on purpose: what was complained of so far, which then no longer counts as a problem. */
export const takeProblems = (): readonly string[] => problems.splice(0);

/** What Playwright says when a program has started and its window, or the page in it, has not come. */
const NOT_THERE = /firstWindow: Timeout|navigation to finish/;

/**
 * Starts the app with that user-data folder. The person agrees to whatever main asks, until a test says otherwise:
 * `questionsAsked` tells what it was. Tests take the fixture `launch`, which also ends it.
 *
 * Once in some hundred starts on a busy machine the page was there and Playwright was not told of it, since Chromium lost
 * the news of a navigation. The stand-in no longer makes one that can be lost (page.mjs, `#blankPage`); should it happen
 * all the same, the start is told of and made again, once.
 */
export async function launchApp(profile: string, options: LaunchOptions): Promise<RunningApp> {
  try {
    return await launchOnce(profile, options);
  } catch (error) {
    if (!(error instanceof Error && NOT_THERE.test(error.message))) throw error;
    // oxlint-disable-next-line no-console -- nobody else tells of it, and it must not pass unseen
    console.warn(`The window did not come, the app is started again: ${error.message}`);
    return launchOnce(profile, options);
  }
}

async function launchOnce(profile: string, options: LaunchOptions): Promise<RunningApp> {
  const {
    env = {},
    simulator,
    keepIntroduction = false,
    preload,
    exchanges,
    switches = [],
    executablePath = PACKAGE,
  } = options;
  // A package loads nothing before itself.
  const preloads = [preload, exchanges && EXCHANGES_RECORDER].filter((path) => path !== undefined);
  const app = await electron.launch({
    ...IN_SANDBOX,
    ...(executablePath !== undefined && { executablePath }),
    args: [
      ...(executablePath === undefined ? [...preloads.flatMap((path) => ['-r', path]), '.'] : []),
      `--user-data-dir=${profile}`,
      ...switches,
    ],
    env: withoutUndefined({
      ...process.env,
      ...(simulator && { TOKENDESK_API_BASE: simulator.api, TOKENDESK_LOGIN_BASE: simulator.login }),
      ...(exchanges !== undefined && { TOKENDESK_TEST_EXCHANGES: exchanges }),
      ...env,
    }),
  });
  const main = app.process();
  const ended = new Promise<void>((resolve) => main.once('exit', () => resolve()));
  app.context().on('console', (message) => {
    if (message.type() === 'error' && message.text() !== UNKNOWN_DIRECTIVE) problems.push(message.text());
  });
  app.context().on('weberror', (error) => problems.push(error.error().message));
  const gaveUp = (error: unknown): never => {
    main.kill('SIGKILL');
    throw error;
  };
  const page = await app.firstWindow().catch(gaveUp);
  // Not the pid of what Playwright started, which on Windows is a shell's: killing that leaves Electron running.
  // https://github.com/microsoft/playwright/blob/v1.65.1/packages/playwright-core/src/server/electron/electron.ts
  const pid = await app.evaluate(() => process.pid);
  await answerMessageBoxes(app, AGREE);
  await page.locator('#main').waitFor().catch(gaveUp);
  if (!keepIntroduction) await skipIntroduction(page);
  return {
    electron: app,
    page,
    pid,
    ended,
    quit: async () => {
      await app.close();
      await ended;
    },
    kill: async () => {
      if (main.exitCode === null && main.signalCode === null) endAtOnce(pid);
      await ended;
    },
  };
}

function endAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in this moment.
  }
}

async function skipIntroduction(page: Page): Promise<void> {
  const snapshot = await page.evaluate(() => window.tokendesk.call['app.snapshot'](null));
  if (snapshot.ok && !snapshot.data.settings.introductionSeen)
    await page.getByRole('button', { name: 'Skip' }).click();
}

const withoutUndefined = (env: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
