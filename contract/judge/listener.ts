import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EXCHANGES, type Exchange } from '../../src/simulator/exchanges.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';

/** Everything that simulators of this process are asked and answer, held against the API's description. */
export interface ExchangeListener {
  /** What was found since the last time; it no longer counts then. */
  take(): readonly Finding[];
  /** Hears nothing more. */
  close(): void;
}

/** More than this is not kept: a run that asks wrong a million times has said enough. */
const MOST_KEPT = 1000;

/** Starts to listen; simulators in other processes are not heard. */
export const listenToExchanges = (): ExchangeListener => {
  let found: Finding[] = [];
  const hear = (message: unknown): void => {
    if (found.length >= MOST_KEPT) return;
    found.push(...judge(message as Exchange));
  };
  subscribe(EXCHANGES, hear);
  return {
    take: () => {
      const taken = found;
      found = [];
      return taken;
    },
    close: () => {
      unsubscribe(EXCHANGES, hear);
    },
  };
};

/** @returns each kind once, with how often it was met and one example. */
const byKind = (findings: readonly Finding[]): readonly string[] => {
  const kinds = new Map<string, readonly Finding[]>();
  for (const finding of findings) kinds.set(finding.kind, [...(kinds.get(finding.kind) ?? []), finding]);
  return [...kinds].map(([kind, all]) => `${kind} (${all.length}×, e.g. ${all[0]?.met ?? ''})`);
};

/** @throws Error that names each kind that was found, if any was. */
export const failOn = (findings: readonly Finding[]): void => {
  if (findings.length === 0) return;
  const kinds = byKind(findings);
  throw new Error(
    `${kinds.length === 1 ? 'One kind' : `${kinds.length} kinds`} asked or answered otherwise than the API’s ` +
      `description has it:\n${kinds.join('\n')}`,
  );
};
