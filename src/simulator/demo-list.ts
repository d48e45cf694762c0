import type { Org, OrgUser } from './org/org.ts';
import { SUPERVISOR_INDEX } from './org/structure.ts';

/** People on the list, besides what goes wrong in such lists. */
const PEOPLE = 21;

/**
 * A list of 25 to try the app with: 21 people, one of them twice, an address that two people share, somebody deleted, and
 * somebody whom nobody knows.
 */
export const demoListCsv = (org: Org): string => {
  const row = ({ name, email, department }: OrgUser): string => [name, email, department].join(',');
  const everybody = Array.from({ length: org.size }, (_, index) => org.user(index));
  const single = ({ email }: OrgUser): boolean => org.byEmail(email).length === 1;
  const people = everybody
    .filter((user) => user.index > SUPERVISOR_INDEX && user.state === 'active' && single(user))
    .slice(0, PEOPLE)
    .map(row);
  const shared = everybody.find((user) => !single(user));
  const deleted = everybody.find((user) => user.state === 'deleted' && single(user));
  const special = [shared, deleted].flatMap((user) => (user ? [row(user)] : []));
  return `${['Name,Email,Department', ...people, people[3] ?? '', ...special, 'Pat Corrigan,pat.corrigan@contractors.example,Facilities'].join('\r\n')}\r\n`;
};
