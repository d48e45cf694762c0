/** What the program promises, and what was measured. */
export interface Promised {
  readonly promise: string;
  readonly measured: string;
  readonly kept: boolean;
}

export function tellPromises(promises: readonly Promised[]): void {
  console.log();
  for (const { promise, measured, kept } of promises)
    console.log(`${kept ? 'Kept' : 'NOT KEPT'}: ${promise}; measured ${measured}.`);
}
