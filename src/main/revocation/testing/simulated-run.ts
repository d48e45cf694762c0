import type { PlanRow } from '../../../shared/plan.ts';
import { writeEnd } from '../history/close.ts';
import { readJournal, type JournalEnd } from '../journal/reader.ts';
import type { HeaderBody } from '../journal/records.ts';
import { Replay } from '../journal/replay.ts';
import { createJournalWriter } from '../journal/writer.ts';
import type { RevocationSession } from '../ports.ts';
import { begunBefore } from '../run/launch.ts';
import { createRunner, type Runner } from '../run/runner.ts';
import { hasEnded } from '../run/state.ts';
import { revokeRow } from './fake-org.ts';
import { testHeader } from './memory-journal.ts';
import { Surroundings, type AppLife } from './surroundings.ts';
import { createWorldServer } from './world-server.ts';
import type { AppDeed, Deed, World } from './world.ts';

/** How long the app waits at its end, as active-run.ts has it, ms. */
const GRACE_MS = 3_000;
const SHUTDOWN_MS = 5_000;

/** What looks on. */
export interface Watch {
  /** A DELETE comes to the server now. */
  readonly onCall: (id: string, now: AppLife) => void;
  /** The app is gone; the journal is what is left. @param how `torn`: in the middle of a write. */
  readonly onGone: (was: AppLife, left: Replay, how: 'torn' | 'killed' | 'quit') => void;
  /** For a moment, nothing moves. */
  readonly onQuiet: (now: AppLife) => void;
}

const rowOf = (world: World, index: number): PlanRow => {
  const row = revokeRow(index);
  if (world.users[index] !== 'kept-back') return row;
  const reason = index % 2 === 0 ? 'protected' : 'duplicate';
  return { ...row, decision: { kind: 'kept-back', reason, note: null } };
};

/** One run in a world of its own, through as many lives of the app as it takes. */
export class SimulatedRun {
  readonly around: Surroundings;
  readonly rows: readonly PlanRow[];
  readonly header: HeaderBody;
  /** How long a write of the journal takes. */
  readonly writeMs: number;
  readonly server: ReturnType<typeof createWorldServer>;
  now: AppLife | null = null;
  /** The journal says that the run has ended. */
  over = false;
  readonly #watch: Watch;
  #lives = 0;
  #wrong: Error | null = null;
  #signIn: (() => RevocationSession) | null = null;
  #session: RevocationSession | null = null;

  constructor(world: World, watch: Watch) {
    this.around = new Surroundings(world);
    this.writeMs = world.writeMs;
    this.#watch = watch;
    this.rows = world.users.map((_, index) => rowOf(world, index));
    const keptBack = world.users.filter((kind) => kind === 'kept-back').length;
    this.header = { ...testHeader, dryRun: world.dryRun, users: world.users.length - keptBack, keptBack };
    this.server = createWorldServer(world, this.around.clock, (id) => {
      try {
        if (this.now) this.#watch.onCall(id, this.now);
      } catch (error) {
        this.#wrong = error as Error; // said in `pass`: the run takes what a call throws for an answer
      }
    });
  }

  async read(): Promise<{ readonly replay: Replay; readonly end: JournalEnd }> {
    const replay = new Replay();
    const end = await readJournal([this.around.disk.bytes()], (record) => replay.add(record));
    if (end.damage !== null) throw new Error(end.damage);
    return { replay, end };
  }

  /** From now on nothing goes wrong, but for what the person does. */
  beKind(): void {
    this.around.beKind();
    this.server.beKind();
  }

  /** Starts the run, or goes on with it. Nothing comes of it where the journal cannot be written. */
  async resume(): Promise<void> {
    if (this.now || this.over) return;
    const { replay, end } = await this.read();
    const now = this.#born(replay, end);
    this.now = now;
    void now.runner.ended.then(() => {
      now.ended = true;
    });
    void now.app.crashed.then(() => {
      now.diedAt = this.around.clock.monotonic();
    });
    const begun = now.runner.start(end.tail.seq === 0 ? 'started' : 'resumed').then(
      () => true,
      () => false,
    );
    if (!(await begun)) this.now = null;
    this.around.isStarted = true;
    await this.pass(0);
  }

  /** Lets time pass, and looks at what has become of the run. */
  async pass(ms: number): Promise<void> {
    await this.around.clock.advance(ms);
    if (this.#wrong !== null) throw this.#wrong;
    const { now } = this;
    if (!now) return;
    if (now.app.isDead()) await this.#gone('torn');
    else if (now.ended) await this.#gone('quit');
    else this.#watch.onQuiet(now);
  }

  async do(deed: Deed): Promise<void> {
    if ('outside' in deed) {
      await this.around.do(deed.outside, this.now);
      return;
    }
    const { app } = deed;
    if (this.now) await this.#doInside(app, this.now);
    else if (app.kind === 'cancel') await this.#close();
    else if (app.kind === 'continue' || app.kind === 'resume' || app.kind === 'sign-in') await this.resume();
    await this.pass(0);
  }

  #born(before: Replay, { tail }: JournalEnd): AppLife {
    const no = (this.#lives += 1);
    const { protectedRows, isBroken } = this.around;
    const app = this.around.newLife(() => {
      now.troubled = true;
    });
    const gate = this.around.newGate(app);
    this.#signIn = () => this.server.signIn(app, no, gate);
    this.#session = this.#signIn();
    const settled = new Map(before.settled);
    const keepBack = new Map([...protectedRows].map((row) => [row, 'On the protected list']));
    const journal = createJournalWriter(app.file, tail, app.clock, () => runner.journalFailed());
    if (tail.seq === 0) void journal.append(this.header);
    const runner: Runner = createRunner({
      runId: 'run',
      dryRun: this.header.dryRun,
      rows: this.rows,
      settled,
      begun: begunBefore(before.open),
      keepBack,
      journal,
      clock: app.clock,
      session: this.#session,
      random: () => 0.5,
      onProgress: (progress) => {
        now.heard = progress;
      },
    });
    const now: AppLife = {
      ...{ no, app, runner, settled, keepBack, heard: null, ended: false },
      ...{ diedAt: null, troubled: isBroken, diskBad: null },
    };
    return now;
  }

  async #doInside(deed: AppDeed, now: AppLife): Promise<void> {
    const { runner, app } = now;
    const goOn = (): void => {
      if (this.#session) runner.continue(this.#session).catch(() => undefined); // the disk: still paused
    };
    switch (deed.kind) {
      case 'pause':
      case 'cancel':
      case 'sleep':
      case 'wake':
        runner[deed.kind]();
        break;
      case 'continue':
        goOn();
        break;
      case 'sign-in':
        this.#session = this.#signIn?.() ?? null;
        if (runner.state.kind === 'paused' && runner.state.reason === 'sign-in-needed') goOn();
        break;
      case 'quit':
        await this.#quit(now);
        break;
      case 'crash':
        app.crash();
        await this.#gone('killed');
        break;
      case 'crash-writing':
        app.crash(deed.bytes);
        break;
      case 'resume': // it is at it
        break;
    }
  }

  async #quit(now: AppLife): Promise<void> {
    now.diskBad = this.around.willFail;
    void now.runner.stop(GRACE_MS);
    await this.pass(SHUTDOWN_MS);
    if (this.now !== now) return;
    now.app.crash();
    await this.#gone('killed');
  }

  async #gone(how: 'torn' | 'killed' | 'quit'): Promise<void> {
    const { now } = this;
    this.now = null;
    const { replay } = await this.read();
    this.over = hasEnded(replay.state);
    if (now) this.#watch.onGone(now, replay, how);
  }

  /** The person ends a run that was interrupted. */
  async #close(): Promise<void> {
    const { replay, end } = await this.read();
    if (end.tail.seq === 0 || hasEnded(replay.state)) return;
    const journal = createJournalWriter(this.around.disk, end.tail, this.around.clock, () => undefined);
    await writeEnd(journal, this.around.clock, 'Closed').catch(() => undefined); // a broken disk: it stays open
    this.over = hasEnded((await this.read()).replay.state);
  }
}
