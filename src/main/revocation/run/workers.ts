import { waitAtMost, type Clock } from '../../clock.ts';
import type { RevokeAnswer } from '../ports.ts';
import type { Answers, Trouble } from './answers.ts';
import type { Attempts, Tried } from './attempt.ts';
import type { Lifecycle } from './lifecycle.ts';
import { blockOf } from './pauses.ts';
import type { Pending, PendingQueue } from './queue.ts';

/**
 * Workers that wait at the gate. As soon as one passes, another takes its place, so that there are always as many calls
 * under way as pace × latency asks for, and the gate is the limit, never the latency.
 */
const AT_GATE = 2;

/** Most workers together, those that wait to retry included. At 300 a minute enough for answers that take 25 s. */
const MAX_WORKERS = 128;

interface WorkersDeps {
  readonly dryRun: boolean;
  readonly queue: PendingQueue;
  readonly life: Lifecycle;
  readonly attempts: Attempts;
  readonly answers: Answers;
  readonly clock: Clock;
  /** Nobody works now. */
  readonly onIdle: () => void;
}

/** Those who take users from the queue, one user at a time each. While a call is no use to anybody, one alone probes. */
export class Workers {
  readonly #deps: WorkersDeps;
  #count = 0;
  #onIdle = (): void => undefined;

  constructor(deps: WorkersDeps) {
    this.#deps = deps;
  }

  /** Sets more of them going, where there is something to do. */
  fill(): void {
    const { queue } = this.#deps;
    while (this.#mayWait() && queue.ready(this.#count === 0) && this.#count < MAX_WORKERS) void this.#work();
  }

  /** Tells of it when nobody works. */
  noteIdle(): void {
    if (this.#count > 0) return;
    this.#onIdle();
    this.#deps.onIdle();
  }

  /** Resolves when nobody works any more, or the time is over. */
  async idleWithin(ms: number): Promise<void> {
    if (this.#count === 0) return;
    const idle = new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
    await waitAtMost(this.#deps.clock, ms, idle);
  }

  #mayWait(): boolean {
    const { life, attempts } = this.#deps;
    return life.state.kind === 'running' && attempts.atGate < AT_GATE;
  }

  async #work(): Promise<void> {
    const { queue, dryRun } = this.#deps;
    this.#count += 1;
    while (this.#mayWait()) {
      const user = queue.take(this.#count === 1);
      if (!user) break;
      await (dryRun ? this.#handleDry(user) : this.#handle(user));
    }
    this.#left();
  }

  #left(): void {
    this.#count -= 1;
    this.fill(); // the operator waits until nobody else is on the way
    this.noteIdle();
  }

  /** Bounded by the attempts that `classifyAnswer` allows. */
  async #handle(user: Pending): Promise<void> {
    const { signal } = this.#deps.life;
    for (let current: Pending | null = user; current;) {
      const tried = await this.#attempt(current, signal);
      current = tried && (await this.#conclude(tried, signal));
    }
  }

  /** A dry run does all but the call, so it needs no gate, and no intent: there is nothing to be unsure of. */
  #handleDry(user: Pending): Promise<void> {
    const what = { outcome: 'would-revoke', note: null, status: null, correlationId: null } as const;
    return this.#deps.answers.settle(user, what);
  }

  #attempt(user: Pending, signal: AbortSignal): Promise<Tried | null> {
    return this.#deps.attempts.attempt(user, signal, () => this.fill());
  }

  /** @returns the user when another attempt is due at once. */
  async #conclude({ user, answer }: Tried, signal: AbortSignal): Promise<Pending | null> {
    const { answers } = this.#deps;
    const trouble = answers.troubleForAll(user, answer);
    if (!trouble) return answers.conclude(user, answer, signal);
    this.#pauseFor(trouble);
    return null;
  }

  #pauseFor({ reason, ...more }: Trouble): void {
    const { life, queue } = this.#deps;
    life.pause(reason, {
      ...more,
      untilBetter: () =>
        reason === 'server-failing'
          ? this.#probe(queue.takeForProbe, ({ kind }) => kind === 'unclear')
          : this.#probe(queue.take, (answer) => blockOf(answer) !== null),
    });
  }

  /** One user at a time finds out whether there is a network, or a server, again: until then, or until the pause ends otherwise. */
  async #probe(
    take: (alone: boolean) => Pending | undefined,
    isStillBad: (answer: RevokeAnswer) => boolean,
  ): Promise<void> {
    const { life, queue } = this.#deps;
    const { signal } = life;
    for (let n = 0; await life.waitedForProbe(n, signal); n += 1) {
      const user = take(this.#count === 0);
      if (!user && queue.left > 0) continue; // the operator, who waits for the others
      if (!user) return;
      this.#count += 1;
      await this.#tryOne(user, isStillBad, signal);
      this.#left();
    }
  }

  async #tryOne(
    user: Pending,
    isStillBad: (answer: RevokeAnswer) => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { life, queue } = this.#deps;
    const tried = await this.#attempt(user, signal);
    if (!tried) return;
    if (isStillBad(tried.answer)) {
      await this.#stillBad(tried);
      return;
    }
    await life.resume('Genesys Cloud answers again').catch(() => undefined); // paused again, for the journal
    const again = await this.#conclude(tried, life.signal);
    if (again) queue.putBack(again);
  }

  /** Without a network nothing was tried. A failing server was, so each probe counts, and nobody is tried for ever. */
  async #stillBad({ user, answer }: Tried): Promise<void> {
    const { answers } = this.#deps;
    const block = blockOf(answer);
    if (!block) return answers.concludeProbe(user, answer);
    answers.shelve(user, answer);
    // Offline at first, and then a proxy that wants a password: said as it is now.
    this.#pauseFor({ reason: block.reason });
  }
}
