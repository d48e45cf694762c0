import { join } from 'node:path';
import type { RunningApp, Simulator } from '../support/app.ts';
import { everAsked, type Question } from '../support/dialogs.ts';
import { recordingOf } from '../support/recording.ts';
import { signInAgain } from './calls.ts';

/** For `launch({ preload })`: makes the disk fail and the clock jump, and measures main. */
const PRELOAD = join(import.meta.dirname, 'preload.cjs');

/** What the preload keeps in main. */
interface InMain {
  disk: string;
  diskIs: 'works' | 'full' | 'read-only';
  clockMs: number;
  readonly longest: { readonly wallMs: number; readonly cpuMs: number };
  readonly secondStarts: number;
}

/** What is left of a process of the app after its end. */
export interface Evidence {
  /** When it ended, ms since the epoch. */
  readonly to: number;
  readonly questions: readonly Question[];
  /** What main said to the window. */
  readonly crossed: readonly string[];
  /** What main sent or was given as a secret. */
  readonly secrets: readonly string[];
  /** Standard output and error. */
  readonly output: string;
  readonly longest: InMain['longest'];
}

export type Launch = (options: {
  readonly simulator: Simulator;
  readonly preload: string;
  readonly env?: Readonly<Record<string, string>>;
}) => Promise<RunningApp>;

/** One process of the app, signed in. */
export interface Life {
  readonly app: RunningApp;
  readonly end: (how: 'kill' | 'quit') => Promise<Evidence>;
}

export const setInMain = (app: RunningApp, change: Partial<InMain>): Promise<void> =>
  app.electron.evaluate((_electron, next) => {
    Object.assign((globalThis as unknown as { chaos: object }).chaos, next);
  }, change);

export const inMain = (app: RunningApp): Promise<InMain> =>
  app.electron.evaluate(() => (globalThis as unknown as { chaos: InMain }).chaos);

/** Starts the app with that user-data folder; whoever gives `launch` ends it in the end. */
export async function startLife(
  launch: Launch,
  profile: string,
  simulator: Simulator,
  env: Readonly<Record<string, string>> = {},
): Promise<Life> {
  const app = await launch({ simulator, preload: PRELOAD, env });
  const output: string[] = [];
  for (const stream of [app.electron.process().stdout, app.electron.process().stderr])
    stream?.on('data', (piece: Buffer) => output.push(piece.toString('latin1')));
  // What its start took holds nobody up who works with it.
  await setInMain(app, { disk: profile, longest: { wallMs: 0, cpuMs: 0 } });
  await signInAgain(app, simulator);
  return {
    app,
    end: async (how) => {
      const [{ crossed, secrets }, questions, { longest }] = await Promise.all([
        recordingOf(app.electron),
        everAsked(app.electron),
        inMain(app),
      ]);
      await app[how]();
      return {
        to: Date.now(),
        questions,
        crossed: crossed.map(({ text }) => text),
        secrets,
        output: output.join(''),
        longest,
      };
    },
  };
}
