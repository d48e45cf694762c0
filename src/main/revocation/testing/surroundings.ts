import { createPacer, type MeteredPacer, type Pacer } from '../../genesys/pacing.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import type { Settlement } from '../journal/replay.ts';
import type { RunnerProgress } from '../run/progress.ts';
import type { Runner } from '../run/runner.ts';
import { life, type Life } from './crashing-life.ts';
import { openGate } from './fake-org.ts';
import { createMemoryJournal } from './memory-journal.ts';
import type { OutsideDeed, World } from './world.ts';

/** One stretch of the app's life, in which it is at the run. */
export interface AppLife {
  readonly no: number;
  readonly app: Life;
  readonly runner: Runner;
  readonly settled: ReadonlyMap<number, Settlement>;
  readonly keepBack: ReadonlyMap<number, string>;
  /** What the window heard last. */
  heard: RunnerProgress | null;
  ended: boolean;
  /** Monotonic ms; null while it lives. */
  diedAt: number | null;
  /** The disk has failed, or has taken longer than its writes take. */
  troubled: boolean;
  /** Whether some writes are still to fail when the app is told to end; null before that. */
  diskBad: boolean | null;
}

/** The computer of a world: its clock, its disk, and the gate before the network. */
export class Surroundings {
  readonly clock = createManualClock();
  readonly disk = createMemoryJournal();
  /** Who was put on the protected list since the plan was made: heeded by the next life. */
  readonly protectedRows = new Set<number>();
  /** Nothing fails while a life begins: where its journal cannot be written, there is no run. */
  isStarted = false;
  isBroken = false;
  readonly #world: World;
  readonly #badWrites: boolean[];
  readonly #badSyncs: boolean[];
  #isKind = false;
  #gateFails = 0;
  #limit = 300;
  #pacer: MeteredPacer | null = null;

  constructor(world: World) {
    this.#world = world;
    this.#badWrites = [...world.badWrites];
    this.#badSyncs = [...world.badSyncs];
  }

  /** Whether a write or a sync fails from now on. */
  get willFail(): boolean {
    return this.isBroken || this.#badWrites.includes(true) || this.#badSyncs.includes(true);
  }

  beKind(): void {
    this.#isKind = true;
    this.isBroken = false;
    this.#gateFails = 0;
    this.disk.heal();
  }

  /** @param onFailed a write or a sync has failed. */
  newLife(onFailed: () => void): Life {
    this.isStarted = false;
    const bad = (list: boolean[]) => (): boolean => {
      const fails = !this.#isKind && this.isStarted && list.shift() === true;
      if (fails) onFailed();
      return fails;
    };
    const writeMs = (): number => (this.isStarted ? this.#world.writeMs : 0);
    return life(this.clock, this.disk, Infinity, bad(this.#badWrites), bad(this.#badSyncs), writeMs);
  }

  newGate(app: Life): Pacer {
    this.#pacer = this.#world.paced ? createPacer({ clock: app.clock, limitPerMinute: this.#limit }) : null;
    const pacer = this.#pacer ?? openGate;
    const acquire: Pacer['acquire'] = (signal) => {
      if (this.#gateFails === 0 || signal.aborted) return pacer.acquire(signal, 'run');
      this.#gateFails -= 1;
      return Promise.reject(new Error('Too many calls are waiting already.'));
    };
    return Object.create(pacer, { acquire: { value: acquire } }) as Pacer;
  }

  async do(deed: OutsideDeed, now: AppLife | null): Promise<void> {
    switch (deed.kind) {
      case 'disk-breaks':
        if (!now) break;
        this.disk.breakAfter(deed.bytes);
        this.isBroken = true;
        now.troubled = true;
        break;
      case 'disk-heals':
        this.disk.heal();
        this.isBroken = false;
        break;
      case 'gate-fails':
        this.#gateFails += 1;
        break;
      case 'limit':
        this.#limit = deed.perMinute;
        this.#pacer?.setLimit(deed.perMinute, 0.97);
        break;
      case 'protect':
        if ((this.#world.users[deed.user] ?? 'kept-back') !== 'kept-back') this.protectedRows.add(deed.user);
        break;
      case 'slept-through':
        if (now && this.#world.writeMs > 0) now.troubled = true; // a write took that long
        await this.clock.jump(deed.ms);
        break;
      case 'other-day':
        this.clock.setWallClock(this.clock.now() + deed.days * 86_400_000);
        break;
    }
  }
}
