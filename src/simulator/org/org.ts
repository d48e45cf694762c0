import { memoize } from '../memoize.ts';
import { fraction, hash, uuidOf } from '../random.ts';
import { nameOf } from './names.ts';
import type { Permission } from './permissions.ts';
import {
  ADMIN_INDEX,
  buildDivisions,
  buildGroups,
  buildRoles,
  DEPARTMENTS,
  LIMITED_ADMIN_INDEX,
  SUPERVISOR_INDEX,
  type Division,
  type Group,
  type Person,
  STATES,
  type Role,
  type UserState,
} from './structure.ts';

export interface OrgUser extends Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly version: number;
  readonly onCall: boolean;
  /** Tokens that the user holds at the start, beside those that this server issues; 0 for about one in ten. */
  readonly tokens: number;
  /** Seconds before the org's start; null for a user who never had a token. */
  readonly lastTokenIssuedAgo: number | null;
}

export interface OrgOptions {
  readonly seed: number;
  readonly users: number;
}

/** What the app's demo organisation is made of; `examples/leavers.csv` is made from the same. */
export const DEMO_ORG: OrgOptions = { seed: 1, users: 1000 };

/** `.example` can never be a real domain (RFC 2606). */
const EMAIL_DOMAIN = 'fernhollow.example';

/** Pairs of users that share an address, so that looking it up is ambiguous: real orgs have those after mergers. */
const SHARED_ADDRESSES: readonly (readonly [number, number])[] = [
  [17, 18],
  [40, 41],
];

/** Users who must be there as they are: everything about tests and examples hangs on them. */
const ALWAYS_ACTIVE = new Set([
  ADMIN_INDEX,
  LIMITED_ADMIN_INDEX,
  SUPERVISOR_INDEX,
  ...SHARED_ADDRESSES.flat(),
]);

const SPECIAL_NAMES: readonly { readonly full: string; readonly address: string }[] = [
  { full: 'Ines Albrecht', address: 'ines.albrecht' },
  { full: 'Tomasz Wren', address: 'tomasz.wren' },
  { full: 'Sadia Holt', address: 'sadia.holt' },
];

const TWO_YEARS = 2 * 365 * 24 * 3600;

export interface Org {
  readonly seed: number;
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly size: number;
  readonly divisions: readonly Division[];
  readonly groups: readonly Group[];
  readonly roles: readonly Role[];
  /** @throws when there is no such user. */
  user(index: number): OrgUser;
  /** The part of a user that is cheap to work out. */
  person(index: number): Person;
  indexOf(userId: string): number | undefined;
  byId(userId: string): OrgUser | undefined;
  /** Every user with that address, compared without case. */
  byEmail(email: string): readonly OrgUser[];
  indexesByEmail(email: string): readonly number[];
  /** Columns of all users, by index: what search runs over. */
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly emails: readonly string[];
  stateOf(index: number): UserState;
  rolesOf(user: OrgUser): readonly Role[];
  permissionsOf(user: OrgUser): readonly Permission[];
  groupsOf(user: OrgUser): readonly Group[];
}

const stateFor = (seed: number, index: number): UserState => {
  if (ALWAYS_ACTIVE.has(index)) return 'active';
  const at = fraction(seed, 20, index);
  return at < 0.02 ? 'deleted' : at < 0.06 ? 'inactive' : 'active';
};

const titleAt = (seed: number, index: number, titles: readonly string[]): string => {
  const at = fraction(seed, 22, index);
  return titles[at < 0.7 ? 0 : at < 0.93 ? 1 : 2] ?? '';
};

/** Names, and addresses that are each once but for those that are shared on purpose. */
function nameUsers(seed: number, size: number): Pick<Org, 'names' | 'emails'> {
  const names: string[] = [];
  const emails: string[] = [];
  const bearers = new Map<string, number>();
  for (let index = 0; index < size; index += 1) {
    const name =
      SPECIAL_NAMES[index] ?? nameOf([hash(seed, 1, index), hash(seed, 2, index), hash(seed, 3, index)]);
    const before = bearers.get(name.address) ?? 0;
    bearers.set(name.address, before + 1);
    names.push(name.full);
    emails.push(`${name.address}${before === 0 ? '' : String(before + 1)}@${EMAIL_DOMAIN}`);
  }
  for (const [first, second] of SHARED_ADDRESSES) emails[second] = emails[first] ?? '';
  return { names, emails };
}

const divisionOf = (seed: number, divisions: readonly Division[], index: number): Division => {
  const home = divisions[0];
  if (!home) throw new Error('an org has a home division');
  if (index <= SUPERVISOR_INDEX) return home;
  return divisions[hash(seed, 23, index) % divisions.length] ?? home;
};

const departmentOf = (seed: number, index: number): number =>
  index <= LIMITED_ADMIN_INDEX ? DEPARTMENTS.length - 1 : hash(seed, 21, index) % DEPARTMENTS.length;

const personOf = (seed: number, divisions: readonly Division[], index: number): Person => {
  const departmentIndex = departmentOf(seed, index);
  const [department, titles] = DEPARTMENTS[departmentIndex] ?? ['', []];
  return {
    index,
    department,
    departmentIndex,
    title: titleAt(seed, index, titles),
    state: stateFor(seed, index),
    division: divisionOf(seed, divisions, index),
  };
};

const idOf = (seed: number, index: number): string => uuidOf(seed, 4, index);

/** The rest of a user. */
const userOf = (seed: number, person: Person, name: string, email: string): OrgUser => {
  const { index, state } = person;
  const never = !ALWAYS_ACTIVE.has(index) && fraction(seed, 24, index) < 0.1;
  // Squared, so that most were seen lately and a few long ago.
  const ago = Math.floor(fraction(seed, 25, index) ** 2 * TWO_YEARS);
  return {
    ...person,
    id: idOf(seed, index),
    name,
    email,
    version: 1 + (hash(seed, 26, index) % 40),
    onCall: state === 'active' && index > SUPERVISOR_INDEX && fraction(seed, 27, index) < 0.02,
    tokens: never || state === 'deleted' ? 0 : 1 + (hash(seed, 28, index) % 3),
    lastTokenIssuedAgo: never ? null : ago,
  };
};

/**
 * A believable org, made from its seed alone: the same seed and size give the same org on every machine.
 * Names and addresses are worked out at once (addresses must be unique), everything else when it is asked for.
 */
export const createOrg = ({ seed, users: size }: OrgOptions): Org => {
  const divisions = buildDivisions(seed);
  const groups = buildGroups(seed);
  const roles = buildRoles(seed);
  const { names, emails } = nameUsers(seed, size);
  const ids = memoize(() => names.map((_, index) => idOf(seed, index)));
  const indexById = memoize(() => new Map(ids().map((id, index) => [id, index])));
  const indexByEmail = memoize(() => new Map(emails.map((email, index) => [email, index])));
  const states = memoize(() => Uint8Array.from(names, (_, index) => STATES.indexOf(stateFor(seed, index))));

  const indexesByEmail = (email: string): readonly number[] => {
    const address = email.toLowerCase();
    const shared = SHARED_ADDRESSES.find(([first]) => emails[first] === address);
    if (shared) return shared;
    const index = indexByEmail().get(address);
    return index === undefined ? [] : [index];
  };
  const person = (index: number): Person => personOf(seed, divisions, index);
  const user = (index: number): OrgUser => {
    const name = names[index];
    const email = emails[index];
    if (name === undefined || email === undefined) throw new Error(`no user ${index}`);
    return userOf(seed, person(index), name, email);
  };
  const indexOf = (userId: string): number | undefined => indexById().get(userId.toLowerCase());
  const rolesOf = (of: OrgUser): readonly Role[] => roles.filter((role) => role.has(of));

  return {
    seed,
    id: uuidOf(seed, 13, 0),
    name: 'Fernhollow Assist',
    domain: 'fernhollow-assist-demo',
    size,
    divisions,
    groups,
    roles,
    user,
    person,
    indexOf,
    byId: (userId) => {
      const index = indexOf(userId);
      return index === undefined ? undefined : user(index);
    },
    byEmail: (email) => indexesByEmail(email).map(user),
    indexesByEmail,
    get ids() {
      return ids();
    },
    names,
    emails,
    stateOf: (index) => STATES[states()[index] ?? 0] ?? 'active',
    rolesOf,
    permissionsOf: (of) => [...new Set(rolesOf(of).flatMap((role) => role.permissions))].sort(),
    groupsOf: (of) => groups.filter((group) => group.has(of)),
  };
};
