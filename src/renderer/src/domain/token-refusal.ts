import type { RegionAnswer, TokenWholeness } from '../../../shared/triage.ts';

/** What it means that nobody accepted a token. `silent`: regions without a usable answer. */
export type TokenRefusal =
  | { readonly kind: 'perhaps-not-whole' | 'one-region' | 'all-regions'; readonly isCertain: boolean }
  | { readonly kind: 'not-all-answered'; readonly isCertain: false; readonly silent: number };

/** It is dead for certain only when everybody who was asked said so, of the whole token. */
export function tokenRefusal(answers: readonly RegionAnswer[], wholeness: TokenWholeness): TokenRefusal {
  if (wholeness !== 'whole') return { kind: 'perhaps-not-whole', isCertain: false };
  const silent = answers.filter(({ answer }) => answer === 'no-answer').length;
  if (silent > 0) return { kind: 'not-all-answered', isCertain: false, silent };
  return { kind: answers.length === 1 ? 'one-region' : 'all-regions', isCertain: true };
}
