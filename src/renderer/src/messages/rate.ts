import type { RateLimitSource, RateState } from '../../../shared/app.ts';
import { counted, formatNumber } from './format.ts';

/** Calls that may still go out in this minute, e.g. "284 of 300". Never below 0: other limits may lower the limit. */
export const callsLeft = ({ limitPerMinute, usedLastMinute }: RateState): string =>
  `${formatNumber(Math.max(0, limitPerMinute - usedLastMinute))} of ${formatNumber(limitPerMinute)}`;

const ASSUMED: Readonly<Record<Extract<RateLimitSource, { kind: 'assumed' }>['why'], string>> = {
  'not-answered': 'Genesys Cloud did not answer what the limit is, so the usual one is taken',
  'not-told': 'Genesys Cloud named no limit for this token, so the usual one is taken',
  'not-believable': 'the limit that Genesys Cloud named cannot be right, so the usual one is taken',
};

/** The limit in use, and why. */
export function limitText({ limitPerMinute, limitSource }: RateState): string {
  const limit = `Limit in use: ${counted(limitPerMinute, 'call')} a minute`;
  return limitSource.kind === 'told'
    ? `${limit}, the smallest of this organization’s limits that apply to your sign-in (${limitSource.key}).`
    : `${limit}; ${ASSUMED[limitSource.why]}.`;
}

/** Where the figure comes from. */
export const callsLeftMeaning = ({ limitPerMinute, usedLastMinute }: RateState): string =>
  `Genesys Cloud allows this token ${counted(limitPerMinute, 'call')} a minute. Tokendesk made ${formatNumber(usedLastMinute)} in the last minute; calls of other tools are not in this count.`;
