import type { KeepOutMinutes, KeepOutSummary } from '../../../shared/keep-out.ts';
import { counted, formatDuration, formatNumber, formatTime } from './format.ts';
import { PAUSE_LABELS } from './run.ts';

/** For how long, as the choices say it. */
export const KEEP_OUT_TIMES: readonly { readonly minutes: KeepOutMinutes; readonly label: string }[] = [
  { minutes: 15, label: '15 minutes' },
  { minutes: 60, label: '1 hour' },
  { minutes: 240, label: '4 hours' },
  { minutes: 720, label: '12 hours' },
  { minutes: null, label: 'Until stopped' },
];

/** What to do about somebody who comes straight back again and again. */
export const BY_ITSELF = 'Signs in by itself: set the user inactive, or block them at the identity provider.';

/** In one line what it does or did: "3 users are kept out until 10:27 AM". */
export function keepOutTitle({ users, state, until, about }: KeepOutSummary): string {
  const who = counted(users, 'user');
  const are = users === 1 ? 'is' : 'are';
  switch (state.kind) {
    case 'interrupted':
      return `Keeping ${who} out was interrupted`;
    case 'paused':
      return `Keeping ${who} out is paused: ${PAUSE_LABELS[state.reason].label.toLowerCase()}`;
    case 'finished':
    case 'cancelled':
      return `${who} ${users === 1 ? 'was' : 'were'} kept out from ${formatTime(about.createdAt)} to ${formatTime(state.at)}`;
    case 'planned':
    case 'running':
      return `${who} ${are} kept out ${until === null ? 'until you stop it' : `until ${formatTime(until)}`}`;
  }
}

/** What was seen and done so far. */
export function keepOutSentence({ looks, returns, revoked, back }: KeepOutSummary): string {
  if (looks === 0 && returns === 0) return 'Nobody has been looked at yet.';
  const looked = `Looked ${looks === 1 ? 'once' : `${formatNumber(looks)} times`}.`;
  if (returns === 0) return `${looked} Nobody signed in again.`;
  return (
    `${looked} ${counted(back.length, 'user')} signed in again, ${returns === 1 ? 'once' : `${formatNumber(returns)} times`} ` +
    `altogether; revoked again ${revoked === 1 ? 'once' : `${formatNumber(revoked)} times`}.`
  );
}

/** Of whom nothing is known, and why. */
export const unknownSentence = ({ unknown }: Pick<KeepOutSummary, 'unknown'>): string =>
  `For ${counted(unknown, 'user')} Genesys Cloud tells no time of a token: whether they signed in again is not known.`;

/** How much of its time is left at that moment, ms since 1970; empty where there is no end. */
export const timeLeftOf = ({ until }: KeepOutSummary, now: number): string =>
  until === null ? '' : `${formatDuration(Math.max(0, (Date.parse(until) - now) / 1000))} left`;
