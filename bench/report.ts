import type { Machine } from './machine.ts';

/** A figure beside a peer or a limit of the same run: it says the same on a fast machine and on a slow one. */
export interface Ratio {
  readonly value: number;
  readonly better: 'lower' | 'higher';
}

export interface Report {
  /** Whether everything is as good as promised. */
  readonly kept: boolean;
  /** Everything that was measured, for `--json`. */
  readonly result: unknown;
  readonly ratios: Readonly<Record<string, Ratio>>;
}

/** Measures one thing. What it says as it goes on is Markdown. */
export type Bench = (say: (text: string) => void, machine: Machine) => Promise<Report>;
