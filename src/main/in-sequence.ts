/** Does work one after the other, in the order in which it was asked for, whether or not what went before failed. */
export type InSequence = <T>(work: () => Promise<T>) => Promise<T>;

/** @returns a queue of its own. */
export function createSequence(): InSequence {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
