import type { Connection } from '../../../shared/connection.ts';
import { cleanText } from '../../../shared/clean-text.ts';
import { apiHostOf } from '../../../shared/regions.ts';

/** A name that a server or a file told, as a part of one line. */
export const named = (text: string, most = 100): string => cleanText(text, most);

/** Grouped as in the rest of the app. */
export const number = (n: number): string => new Intl.NumberFormat('en-US').format(n);

/** A count with its noun. The window has its own: what main asks is in main's words alone. */
export const counted = (n: number, what: string): string => `${number(n)} ${what}${n === 1 ? '' : 's'}`;

/** The API host of a connection, as the person agreed to it. */
export const hostOf = ({ region }: Pick<Connection, 'region'>): string => apiHostOf(region) ?? 'unknown host';

const isDemo = ({ method }: Connection): boolean => method === 'demo';

/** The name of a connection's org, cleaned, and marked where it is the demo. */
export const organizationOf = (connection: Connection): string =>
  `${named(connection.organization.name)}${isDemo(connection) ? ' (demo)' : ''}`;

/** Which org is hit, and by which way: the line that every dialog about an org has. */
export const whereLine = (connection: Connection): string =>
  `Organization: ${organizationOf(connection)}, by the connection “${named(connection.label)}” at ${hostOf(connection)}`;

interface Named {
  readonly userId: string;
  readonly name: string | null;
  readonly email: string | null;
}

/** One line a user: the name with the address, or with the id where there is none. */
export const userLine = ({ userId, name, email }: Named): string =>
  `• ${named(name ?? 'No name')} (${named(email ?? userId)})`;

/** Lines for the first ones of many. */
export const userLines = (first: readonly Named[], users: number): readonly string[] => [
  ...first.map(userLine),
  ...(users > first.length ? [`• and ${number(users - first.length)} more`] : []),
];

/** ISO 8601 as a date and time of this computer. */
export const when = (iso: string): string => {
  const time = new Date(iso);
  return Number.isNaN(time.getTime())
    ? 'an unknown time'
    : new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' }).format(time);
};
