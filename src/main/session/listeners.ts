/** Those who want to hear of a change. */
export interface Listeners<T> {
  /** @returns a function that ends it. */
  add(listener: (value: T) => void): () => void;
  tell(value: T): void;
}

/** Each listener is told once, however often it was added. */
export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    tell: (value) => {
      for (const listener of listeners) listener(value);
    },
  };
}
