import type { KeepOutAgreed } from '../../revocation/keep-out/agreeing.ts';
import type { ConsentDialog } from '../consent.ts';
import { counted, named, number, organizationOf, userLines, when, whereLine } from './where.ts';

const HOURS = 60;

const timeOf = (minutes: number | null): string => {
  if (minutes === null) return 'until it is stopped';
  return minutes < HOURS ? `for ${counted(minutes, 'minute')}` : `for ${counted(minutes / HOURS, 'hour')}`;
};

/** Before users are kept out: once, for these users and this time. */
export function keepOutDialog({
  users,
  what,
  request,
  reason,
  resumed,
  session: { connection },
}: KeepOutAgreed): ConsentDialog {
  const who = counted(users.length, 'user');
  const time = !resumed
    ? timeOf(request.minutes)
    : resumed.until === null
      ? 'until it is stopped'
      : `until ${when(resumed.until)}`;
  return {
    message: `Keep ${who} of ${organizationOf(connection)} out ${time}?`,
    detail: [
      whereLine(connection),
      `Reason of the run: ${named(reason) || 'none given'}`,
      ...userLines(what.first, users.length),
      ...(what.keepBack.size > 0
        ? [
            `${number(what.keepBack.size)} more ${what.keepBack.size === 1 ? 'is' : 'are'} protected and left alone.`,
          ]
        : []),
      'Whoever of them signs in again is revoked again within about a minute, without another question. Live calls may drop.',
    ],
    button: `Keep ${who} out`,
  };
}
