import { join } from 'node:path';
import { _electron as electron } from '@playwright/test';
import { launchApp } from '../../e2e/support/app.ts';
import { IN_SANDBOX } from '../../scripts/electron-environment.mjs';
import { withProfile } from '../window/app.ts';

const LAUNCHES = 5;

/** Medians of some starts, ms. */
export interface StartResult {
  /** Until the first view of the app can be used, signed in to its demo organisation. */
  readonly app: number;
  /** Until a window with nothing in it shows its page. */
  readonly blank: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @returns ms until the window shows what `sign` finds. @param program what Electron is started with. */
async function start(program: string, profile: string, sign: string): Promise<number> {
  const started = performance.now();
  const app = await electron.launch({ ...IN_SANDBOX, args: [program, `--user-data-dir=${profile}`] });
  await (await app.firstWindow()).locator(sign).waitFor();
  const took = performance.now() - started;
  await app.close();
  return took;
}

const startApp = (profile: string): Promise<number> => start('.', profile, '#main h1');
const startBlank = (profile: string): Promise<number> =>
  start(join(import.meta.dirname, 'blank'), profile, 'main');

/** The app and the blank window by turns, so that a busy moment of the machine meets both. */
export const measureStart = (): Promise<StartResult> =>
  withProfile((profile) =>
    withProfile(async (blankProfile) => {
      // The first start makes the profile, and shows the introduction.
      await (await launchApp(profile, {})).quit();
      await startBlank(blankProfile);
      const app: number[] = [];
      const blank: number[] = [];
      for (let n = 0; n < LAUNCHES; n += 1) {
        app.push(await startApp(profile));
        blank.push(await startBlank(blankProfile));
      }
      return { app: median(app), blank: median(blank) };
    }),
  );
