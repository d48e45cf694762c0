import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { DEMO_ORG } from '../../src/simulator/org/org.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { demoServer, takeTour } from './steps.ts';
import { openApp, type AppWindow } from './window.ts';

// The guided tour: a person's first sitting, through the real window, told as it goes. See scripts/demo.mjs.

const ROOT = join(import.meta.dirname, '..', '..');
const OUTPUT = join(ROOT, 'demo-output');
const LIST = join(ROOT, 'examples', 'leavers.csv');
const REPORT = join(OUTPUT, 'report.csv');
/** Calls a minute; Genesys Cloud allows 300, which would take four minutes. */
const LIMIT = 3000;
/** The tour takes well under a minute; whatever hangs ends here, ms. */
const TOUR_LIMIT_MS = 150_000;

let app: AppWindow | null = null;
const told = createNarrator(() => {
  if (!app) throw new Error('There is no window yet.');
  return app.page;
}, OUTPUT);
let chapter = 'Start';
const narrator: Narrator = {
  ...told,
  chapter: (title) => {
    chapter = title;
    told.chapter(title);
  },
};

// scripts/demo.mjs makes the user-data folder and removes it again.
const [profile = '', ...options] = process.argv.slice(2);
const agree = await Promise.race([tour(), interrupted(), tooLong()]).catch(failed);
process.exit(agree ? 0 : 1);

async function tour(): Promise<boolean> {
  const started = performance.now();
  await rm(OUTPUT, { recursive: true, force: true });
  await mkdir(OUTPUT);
  console.log(`Tokendesk, a guided tour through its real window.

Genesys Cloud is simulated: Fernhollow Assist, an organization of ${DEMO_ORG.users.toLocaleString('en')} invented people
on this computer. It allows ${LIMIT.toLocaleString('en')} calls a minute instead of 300, so that nobody has to wait.`);

  narrator.chapter('Start');
  await build();
  narrator.say('The app is built.');
  const demo = await demoServer(LIMIT);
  app = await openApp({ profile, env: demo.env });
  narrator.say('Its window is open.');
  const { agree, report } = await takeTour(app, demo, narrator, { list: LIST, report: REPORT });
  await app.close();
  if (options.includes('--picture')) await keepPicture(report);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    agree
      ? `\nThey agree, user by user. ${narrator.pictures()} pictures and report.csv are in demo-output/. ${seconds} s in all.`
      : '\nThey do NOT agree. The pictures and report.csv in demo-output/ show what the app said.',
  );
  return agree;
}

async function build(): Promise<void> {
  const electronVite = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  await promisify(execFile)(process.execPath, [electronVite, 'build'], {
    cwd: ROOT,
    timeout: TOUR_LIMIT_MS,
  });
}

/** The README's picture is one of the tour's, so that it can never show another app than this one. */
async function keepPicture(file: string): Promise<void> {
  const images = join(ROOT, 'docs', 'images');
  await mkdir(images, { recursive: true });
  await copyFile(join(OUTPUT, file), join(images, 'tokendesk.png'));
  narrator.say('The README’s picture is made anew.');
}

async function failed(error: unknown): Promise<false> {
  console.error(`\nThe tour stopped at “${chapter}”.`);
  console.error(error instanceof Error ? stripVTControlCharacters(error.message) : error);
  if (app) {
    const picture = await narrator.picture('where-it-stopped').catch(() => null);
    if (picture) console.error(`The window as it was: demo-output/${picture}`);
    await app.close();
  }
  return false;
}

/** scripts/demo.mjs holds the other end of our input, and closes it at a signal. */
async function interrupted(): Promise<never> {
  await once(process.stdin.resume(), 'end');
  throw new Error('It was interrupted.');
}

async function tooLong(): Promise<never> {
  await new Promise((resolve) => {
    setTimeout(resolve, TOUR_LIMIT_MS);
  });
  throw new Error(`It took longer than ${TOUR_LIMIT_MS / 1000} s.`);
}
