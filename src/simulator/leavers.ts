import type { Org, OrgUser } from './org/org.ts';
import { ADMIN_INDEX, SUPERVISOR_INDEX } from './org/structure.ts';
import { hash } from './random.ts';

const ROWS = 500;
const DUPLICATES = 12;
const EMPTY = 2;
/** Addresses that are nobody's: contractors of another company, and typing mistakes. */
const UNKNOWN: readonly (readonly [string, string])[] = [
  ['Pat Corrigan', 'pat.corrigan@contractors.example'],
  ['Dana Whitlock', 'dana.whitlock@contractors.example'],
  ['Yusra Bell', 'yusra.bell@contractors.example'],
  ['Old switchboard', 'switchboard@fernhollow.example'],
  ['Test Account', 'test.account@fernhollow.example'],
  ['Reception', 'reception.north@fernhollow.example'],
  ['Anna Vogell', 'anna.vogell@fernhollow.example'],
  ['Jose Munos', 'jose.munos@fernhollow.example'],
];

const lastDay = (seed: number, index: number): string =>
  `2026-11-${String(2 + (hash(seed, 302, index) % 27)).padStart(2, '0')}`;

/** The same address as people write it a second time. */
const rewrite = (email: string, at: number): string => {
  if (at % 3 === 0) return email.toUpperCase();
  if (at % 3 === 1) return ` ${email} `;
  return `${email.slice(0, 1).toUpperCase()}${email.slice(1)}`;
};

/**
 * A list of leavers as an HR department sends it, about the people of `org`: semicolons, a header, and all that goes
 * wrong in such lists. `examples/leavers.csv` is this for the demo organisation.
 */
export const leaversCsv = (org: Org): string => {
  const row = (user: OrgUser, email = user.email): string =>
    [user.name, email, user.department, lastDay(org.seed, user.index)].join(';');
  const everybody = Array.from({ length: org.size }, (_, index) => org.user(index));
  const ordinary = everybody
    .filter(
      ({ index, email, state }) =>
        index > SUPERVISOR_INDEX && state !== 'deleted' && org.byEmail(email).length === 1,
    )
    .sort((a, b) => hash(org.seed, 300, a.index) - hash(org.seed, 300, b.index));
  const special = [
    row(org.user(ADMIN_INDEX)),
    ...everybody
      .filter(({ state }) => state === 'deleted')
      .slice(0, 1)
      .map((user) => row(user)),
    ...everybody
      .filter(({ email }) => org.byEmail(email).length > 1)
      .slice(0, 1)
      .map((user) => row(user)),
    ...UNKNOWN.map(([name, email], at) => [name, email, 'Customer Care', lastDay(org.seed, at)].join(';')),
    ...Array.from({ length: EMPTY }, () => ';;;'),
    ...ordinary.slice(0, DUPLICATES).map((user, at) => row(user, rewrite(user.email, at))),
  ];
  const leavers = ordinary.slice(0, ROWS - special.length).map((user) => row(user));
  const mixed = [...leavers, ...special]
    .map((text, at) => ({ text, key: hash(org.seed, 301, at) }))
    .sort((a, b) => a.key - b.key)
    .map(({ text }) => text);
  return `${['Name;Email;Department;Last day', ...mixed].join('\r\n')}\r\n`;
};
