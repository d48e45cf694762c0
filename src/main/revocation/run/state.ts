import type { PauseReason, RunState } from '../../../shared/run.ts';

/** Everything that can happen to a run as a whole. Times are ISO 8601. */
export type RunEvent =
  | { readonly kind: 'started' }
  | {
      readonly kind: 'paused';
      readonly reason: PauseReason;
      readonly at: string;
      readonly until: string | null;
      readonly note?: string;
    }
  | { readonly kind: 'continued' }
  | { readonly kind: 'cancelled'; readonly at: string }
  | { readonly kind: 'finished'; readonly at: string }
  /** The app ends, or ended without a word. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'resumed' };

/** A pause gives way only to one that needs more from the person: their own wish outranks everything. */
const RANK: Readonly<Record<PauseReason, number>> = {
  asleep: -1,
  'rate-limited': 0,
  'server-failing': 1,
  offline: 2,
  portal: 2.3,
  'not-trusted': 2.6,
  'proxy-sign-in': 2.9,
  'nothing-allowed': 3,
  'ip-not-allowed': 3,
  'sign-in-needed': 4,
  'journal-not-writable': 5,
  'by-you': 6,
};

/** Whether it is over for good: what was interrupted can be resumed. */
export const hasEnded = (state: RunState): state is Extract<RunState, { readonly at: string }> =>
  state.kind === 'cancelled' || state.kind === 'finished';

/** @returns the state after the event, or null when the event does not apply and changes nothing. */
export function transition(state: RunState, event: RunEvent): RunState | null {
  if (hasEnded(state)) return null;
  switch (event.kind) {
    case 'started':
      return state.kind === 'planned' ? { kind: 'running' } : null;
    case 'paused': {
      const { reason, at, until, note } = event;
      const outranked = state.kind === 'paused' && RANK[reason] <= RANK[state.reason];
      if (outranked || (state.kind !== 'running' && state.kind !== 'paused')) return null;
      return { kind: 'paused', reason, since: at, until, ...(note !== undefined && { note }) };
    }
    case 'continued':
      return state.kind === 'paused' ? { kind: 'running' } : null;
    case 'cancelled':
      return { kind: 'cancelled', at: event.at };
    case 'finished':
      // While paused too: the last calls under way may settle the last users.
      return state.kind === 'running' || state.kind === 'paused' ? { kind: 'finished', at: event.at } : null;
    case 'interrupted':
      return state.kind === 'interrupted' ? null : { kind: 'interrupted' };
    case 'resumed':
      return state.kind === 'interrupted' ? { kind: 'running' } : null;
  }
}
