/** What the program promises, and what was measured. */
export interface Promised {
  readonly promise: string;
  readonly measured: string;
  readonly kept: boolean;
}

export function tellPromises(promises: readonly Promised[], say: (text: string) => void): void {
  say('');
  for (const { promise, measured, kept } of promises)
    say(`- ${kept ? 'Kept' : 'NOT KEPT'}: ${promise}; measured ${measured}.`);
}
