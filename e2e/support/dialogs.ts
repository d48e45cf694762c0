import type { ElectronApplication } from '@playwright/test';

/** Index of the button that names the act, and of the other. */
export const AGREE = 1;
export const DECLINE = 0;

/** A question that main asked in a native dialog. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  /** Index of the button that Enter presses. */
  readonly defaultId: number;
  /** Index of the button that was pressed. */
  readonly pressed: number;
  /** When, ms since the epoch: of the computer, also when main's own clock jumps. */
  readonly at: number;
}

/** Answers the native questions of main in the person's place, from now on. `button` is an index into the buttons. */
export async function answerMessageBoxes(app: ElectronApplication, button: number): Promise<void> {
  await app.evaluate(({ dialog }, response) => {
    const asked: unknown[] = [];
    const { everAsked = [] } = globalThis as unknown as { everAsked?: unknown[][] };
    Object.assign(globalThis, { asked, everAsked: [...everAsked, asked] });
    dialog.showMessageBox = (...args: unknown[]) => {
      const { message, detail, buttons, defaultId } = args.at(-1) as Record<string, unknown>;
      const at = performance.timeOrigin + performance.now();
      asked.push({ message, detail, buttons, defaultId, pressed: response, at });
      return Promise.resolve({ response, checkboxChecked: false });
    };
  }, button);
}

/** What main has asked since `answerMessageBoxes`. */
export async function questionsAsked(app: ElectronApplication): Promise<readonly Question[]> {
  return app.evaluate(() => (globalThis as unknown as { asked: Question[] }).asked);
}

/** What main has asked since its start. */
export async function everAsked(app: ElectronApplication): Promise<readonly Question[]> {
  return app.evaluate(() => (globalThis as unknown as { everAsked: Question[][] }).everAsked.flat());
}

/** Chooses that file in the next open dialogs; null closes them. */
export async function chooseFile(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
  }, path);
}

/** Chooses that path in the next save dialogs; null closes them. */
export async function chooseSavePath(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' });
  }, path);
}
