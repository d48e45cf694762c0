/** What could not be written yet, or is being written: in its order, one after the other, however many ask for it. */
export class Backlog<T extends object> {
  readonly #write: (item: T) => Promise<void>;
  readonly #items: T[] = [];
  #writing: Promise<void> | null = null;

  constructor(write: (item: T) => Promise<void>) {
    this.#write = write;
  }

  get length(): number {
    return this.#items.length;
  }

  add(item: T): void {
    this.#items.push(item);
  }

  /** Resolves when nothing is left. Rejects at the first that cannot be written: it stays, and what is behind it. */
  writeAll(): Promise<void> {
    if (this.#items.length === 0) return Promise.resolve();
    this.#writing ??= this.#writeEach();
    return this.#writing;
  }

  async #writeEach(): Promise<void> {
    try {
      for (let item = this.#items[0]; item; item = this.#items[0]) {
        await this.#write(item);
        this.#items.shift();
      }
    } finally {
      this.#writing = null;
    }
  }
}
