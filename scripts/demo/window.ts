import { expect, _electron as electron, type ElectronApplication, type Page } from '@playwright/test';
import type { MessageBoxOptions } from 'electron';
import { electronEnvironment, IN_SANDBOX } from '../electron-environment.mjs';

// Playwright finds what runs the app in the environment of its own process.
Object.assign(process.env, electronEnvironment());

/** Longest that one step of the window may take, ms. */
const STEP_LIMIT_MS = 15_000;
/** Longest that the app may take to close when asked to; Playwright ends it when this process ends. */
const CLOSE_LIMIT_MS = 5_000;
/** Characters of the app's own messages that are kept for the day it does not open. */
const SAID_LENGTH = 4000;

/** The app as a person has it: its window, and the system's dialogs, which the tour answers. */
export interface AppWindow {
  readonly page: Page;
  readonly chooseFile: (path: string) => Promise<void>;
  readonly saveFileAs: (path: string) => Promise<void>;
  /** Presses the button at `index` in each message box from now on. @returns what has been asked so far. */
  readonly answerWith: (index: number) => Promise<() => Promise<readonly string[]>>;
  readonly close: () => Promise<void>;
}

interface Options {
  /** User-data folder of this start. */
  readonly profile: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts the built app and waits for its window. */
export async function openApp({ profile, env }: Options): Promise<AppWindow> {
  const inherited = Object.entries(process.env).filter(
    // A host given for other tests would take the place of the demo organisation.
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('TOKENDESK_'),
  );
  const app = await electron.launch({
    ...IN_SANDBOX,
    args: ['.', `--user-data-dir=${profile}`],
    env: { ...Object.fromEntries(inherited), ...env },
  });
  let said = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-SAID_LENGTH);
  });
  try {
    const page = await app.firstWindow({ timeout: STEP_LIMIT_MS * 2 });
    page.setDefaultTimeout(STEP_LIMIT_MS);
    await page.locator('#main').waitFor();
    return { page, ...dialogs(app), close: () => close(app) };
  } catch (error) {
    await close(app);
    throw new Error(`There is no window. What the app said:\n${said}`, { cause: error });
  }
}

/** The system's dialogs of an app that runs, answered in the person's place. */
export const dialogs = (
  app: ElectronApplication,
): Pick<AppWindow, 'chooseFile' | 'saveFileAs' | 'answerWith'> => ({
  chooseFile: (path) =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, path),
  saveFileAs: (path) =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    }, path),
  answerWith: async (index) => {
    const asked = await app.evaluateHandle(({ dialog }, response) => {
      const messages: string[] = [];
      dialog.showMessageBox = (...given: unknown[]) => {
        messages.push((given.at(-1) as MessageBoxOptions).message);
        return Promise.resolve({ response, checkboxChecked: false });
      };
      return messages;
    }, index);
    return () => asked.jsonValue();
  },
});

async function close(app: ElectronApplication): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_LIMIT_MS);
  });
  await Promise.race([app.close().catch(() => undefined), enough]);
  clearTimeout(timer);
}

/** `expect` for things that take longer than a step. */
export const expectWithin = (ms: number) => expect.configure({ timeout: ms });
export { expect };
