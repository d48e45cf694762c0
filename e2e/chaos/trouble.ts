import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, launchApp, type RunningApp, type Simulator } from '../support/app.ts';
import { answerMessageBoxes, DECLINE } from '../support/dialogs.ts';
import { ask, follow, tryAsk } from './calls.ts';
import { inMain, setInMain, startLife, type Evidence, type Launch, type Life } from './life.ts';

/** How long a run may take to meet a disk that fails, ms. */
const DISK_MS = 15_000;

const HOUR = 3_600_000;
const JUMPS = [-87_600 * HOUR, -24 * HOUR, -HOUR, HOUR, 48 * HOUR, 438_000 * HOUR];

/** What a trouble happens to. */
export interface Troubled {
  readonly life: Life;
  readonly runId: string;
  readonly simulator: Simulator;
  readonly profile: string;
  /** 0 to below 1. */
  readonly random: () => number;
  /** The program is killed right afterwards. */
  readonly killed: boolean;
}

/** @returns what other processes left. */
type Trouble = (troubled: Troubled) => Promise<readonly Evidence[]>;

/** In half of the cases that end in a kill it comes while the disk still fails. */
const disk =
  (diskIs: 'full' | 'read-only'): Trouble =>
  async ({ life: { app }, runId, simulator, random, killed }) => {
    await setInMain(app, { diskIs });
    expect(await tryAsk(app, 'settings.update', { theme: 'dark' }), `settings, disk ${diskIs}`).toMatchObject(
      {
        error: { code: 'file-not-writable' },
      },
    );
    const { state } = await follow(app, runId, {
      simulator,
      until: Date.now() + DISK_MS,
      enough: (progress) => progress.state.kind === 'paused',
    });
    if (killed && random() < 0.5) return [];
    await setInMain(app, { diskIs: 'works' });
    if (state.kind === 'paused' && state.reason === 'journal-not-writable')
      await tryAsk(app, 'runs.continue', { runId });
    return [];
  };

const clock: Trouble = async ({ life, random }) => {
  await setInMain(life.app, { clockMs: JUMPS[Math.floor(random() * JUMPS.length)] ?? HOUR });
  return [];
};

/** The program is started again beside itself: that start ends by itself and tells the first. */
const secondStart: Trouble = async ({ life: { app }, profile, simulator }) => {
  const executable = createRequire(import.meta.url)('electron') as string;
  const asRoot = process.platform === 'linux' ? ['--no-sandbox'] : [];
  const env = { ...process.env, TOKENDESK_API_BASE: simulator.api, TOKENDESK_LOGIN_BASE: simulator.login };
  const second = spawn(executable, [...asRoot, '.', `--user-data-dir=${profile}`], { env, stdio: 'ignore' });
  await once(second, 'exit');
  await expect.poll(async () => (await inMain(app)).secondStarts).toBeGreaterThan(0);
  return [];
};

/** A program with another profile keeps its runs in the same folder: it can do nothing to the run that goes on. */
const otherProgram: Trouble = async ({ profile, runId, simulator, life }) => {
  const own = await mkdtemp(join(tmpdir(), 'tokendesk-other-'));
  const settings = {
    theme: 'system',
    rateShare: 0.9,
    logLevel: 'info',
    introductionSeen: true,
    window: null,
    lastConnectionId: null,
    runsFolder: join(profile, 'runs'),
    proxies: [],
  };
  await writeFile(join(own, 'settings.json'), JSON.stringify(settings));
  const started: RunningApp[] = [];
  try {
    const launch: Launch = async (options) => {
      const app = await launchApp(own, options);
      started.push(app);
      return app;
    };
    const other = await startLife(launch, own, simulator);
    await answerMessageBoxes(other.app.electron, DECLINE);
    const listed = await ask(other.app, 'runs.list', null);
    const { state } = await ask(life.app, 'runs.progress', { runId });
    if (state.kind !== 'finished')
      expect(listed.find((run) => run.runId === runId)).toMatchObject({ elsewhere: true });
    for (const answer of [
      await tryAsk(other.app, 'runs.resume', { runId }),
      await tryAsk(other.app, 'runs.close', { runId, reason: '' }),
      await tryAsk(other.app, 'runs.delete', { runId }),
    ])
      expect(answer.ok && answer.data !== null, JSON.stringify(answer)).toBe(false);
    return [await other.end('quit')];
  } finally {
    for (const app of started) await app.kill();
    await rm(own, { recursive: true, force: true });
  }
};

const TROUBLES = {
  'full disk': disk('full'),
  'second start': secondStart,
  'clock that jumps': clock,
  'read-only disk': disk('read-only'),
  'other program': otherProgram,
} as const satisfies Readonly<Record<string, Trouble>>;

type TroubleName = keyof typeof TROUBLES;
const NAMES = Object.keys(TROUBLES) as readonly TroubleName[];
/** Those that take no time of their own. */
const QUICK = ['clock that jumps', 'full disk', 'read-only disk'] as const;

/** The troubles of a run, each kind in every fifth run at least. @param run from 0 */
export const troublesOf = (run: number, random: () => number): readonly TroubleName[] => [
  NAMES[run % NAMES.length] ?? 'full disk',
  QUICK[Math.floor(random() * QUICK.length)] ?? 'full disk',
];

export const makeTrouble = (name: TroubleName, troubled: Troubled): Promise<readonly Evidence[]> =>
  TROUBLES[name](troubled);
