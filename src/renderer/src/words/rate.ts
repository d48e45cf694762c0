import type { RateState } from '../../../shared/app.ts';
import { counted, formatNumber } from './format.ts';

/** Calls that may still go out in this minute, e.g. "284 of 300". Never below 0: other limits may lower the limit. */
export const callsLeft = ({ limitPerMinute, usedLastMinute }: RateState): string =>
  `${formatNumber(Math.max(0, limitPerMinute - usedLastMinute))} of ${formatNumber(limitPerMinute)}`;

/** Where the figure comes from. */
export const callsLeftMeaning = ({ limitPerMinute, usedLastMinute }: RateState): string =>
  `Genesys Cloud allows this token ${counted(limitPerMinute, 'call')} a minute. Tokendesk made ${formatNumber(usedLastMinute)} in the last minute; calls of other tools are not in this count.`;
