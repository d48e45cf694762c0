import { fraction, uuidOf } from '../random.ts';
import { PERMISSIONS, type Permission } from './permissions.ts';

export interface Division {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly home: boolean;
}

export const STATES = ['active', 'inactive', 'deleted'] as const;

export type UserState = (typeof STATES)[number];

/** Where a user stands in the org: what searches and memberships go by. */
export interface Person {
  readonly index: number;
  readonly department: string;
  readonly departmentIndex: number;
  readonly title: string;
  readonly state: UserState;
  readonly division: Division;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: 'official' | 'dynamic';
  has(person: Person): boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly defaultRoleId: string | null;
  readonly permissions: readonly Permission[];
  has(person: Person): boolean;
}

/** Users made for a purpose stand first in every org. */
export const ADMIN_INDEX = 0;
/** An administrator who may do everything but delete tokens. */
export const LIMITED_ADMIN_INDEX = 1;
export const SUPERVISOR_INDEX = 2;

const DIVISIONS: readonly (readonly [string, string])[] = [
  ['Home', 'The home division'],
  ['Customer Care Europe', 'Agents who serve Europe'],
  ['Customer Care Americas', 'Agents who serve the Americas'],
  ['Customer Care Asia Pacific', 'Agents who serve Asia and Oceania'],
  ['Billing', 'Invoices and payments'],
  ['Technical Support', 'Second and third line'],
  ['Field Service', 'Engineers on the road'],
  ['People and Facilities', 'Human resources, reception, buildings'],
];

/** Department → titles, the first being the commonest. */
export const DEPARTMENTS: readonly (readonly [string, readonly string[]])[] = [
  ['Customer Care', ['Agent', 'Senior Agent', 'Team Lead']],
  ['Technical Support', ['Support Engineer', 'Senior Support Engineer', 'Escalation Manager']],
  ['Billing', ['Billing Clerk', 'Billing Specialist', 'Billing Manager']],
  ['Sales', ['Sales Representative', 'Account Manager', 'Sales Director']],
  ['Field Service', ['Field Engineer', 'Dispatcher', 'Regional Manager']],
  ['Workforce Management', ['Planner', 'Forecaster', 'Real-time Analyst']],
  ['Quality', ['Quality Analyst', 'Coach', 'Quality Manager']],
  ['Human Resources', ['HR Generalist', 'Recruiter', 'HR Director']],
  ['Finance', ['Accountant', 'Controller', 'Finance Director']],
  ['IT', ['Systems Administrator', 'Integration Developer', 'Head of IT']],
];

const BILLING = 2;

export const buildDivisions = (seed: number): readonly Division[] =>
  DIVISIONS.map(([name, description], at) => ({
    id: uuidOf(seed, 10, at),
    name,
    description,
    home: at === 0,
  }));

const GROUPS: readonly (readonly [string, string, number])[] = [
  ['All Hands', 'Everybody who gets the weekly letter', 0.8],
  ['Emergency Response', 'Answers when the main site is down', 0.02],
  ['French speakers', 'Can serve in French', 0.12],
  ['Home office', 'Works from home at least three days', 0.35],
  ['New starters', 'In the first ninety days', 0.05],
  ['Night shift', 'Works between 22:00 and 06:00', 0.08],
  ['Reception desks', 'Shared computers at the entrances', 0.01],
  ['Trainers', 'Trains new starters', 0.03],
  ['Works council', 'Elected representatives', 0.01],
];

export const buildGroups = (seed: number): readonly Group[] => [
  ...GROUPS.map(([name, description, share], at): Group => ({
    id: uuidOf(seed, 11, at),
    name,
    description,
    kind: 'official',
    has: (person) => fraction(seed, 100 + at, person.index) < share,
  })),
  {
    id: uuidOf(seed, 11, GROUPS.length),
    name: 'Whole of Billing',
    description: 'Dynamic: everybody whose department is Billing',
    kind: 'dynamic',
    has: (person) => person.departmentIndex === BILLING,
  },
];

const EVERYBODY: readonly Permission[] = ['presence:userPresence:view'];
const AGENT: readonly Permission[] = ['routing:queue:join', 'conversation:call:view'];
const SUPERVISOR: readonly Permission[] = [
  'analytics:conversationDetail:view',
  'conversation:call:view',
  'routing:queue:view',
];
const SECURITY: readonly Permission[] = [
  'authorization:role:view',
  'directory:user:view',
  'oauth:client:view',
  'oauth:token:delete',
];

export const buildRoles = (seed: number): readonly Role[] => {
  const special = new Set([ADMIN_INDEX, LIMITED_ADMIN_INDEX, SUPERVISOR_INDEX]);
  const role = (
    at: number,
    name: string,
    description: string,
    defaultRoleId: string | null,
    permissions: readonly Permission[],
    has: (person: Person) => boolean,
  ): Role => ({ id: uuidOf(seed, 12, at), name, description, defaultRoleId, permissions, has });
  const share = (salt: number, part: number) => (person: Person) =>
    !special.has(person.index) && fraction(seed, 200 + salt, person.index) < part;
  const withoutDelete = PERMISSIONS.filter((permission) => permission !== 'oauth:token:delete');
  const supervisors = share(2, 0.06);
  return [
    role(0, 'Employee', 'Everybody', 'employee', EVERYBODY, () => true),
    role(1, 'Engage User', 'Takes interactions', 'engageUser', AGENT, share(1, 0.75)),
    role(2, 'Engage Supervisor', 'Leads a team', 'engageSupervisor', SUPERVISOR, (person) =>
      person.index === SUPERVISOR_INDEX ? true : supervisors(person),
    ),
    role(3, 'Admin', 'May do everything', 'admin', PERMISSIONS, (person) => person.index === ADMIN_INDEX),
    role(
      4,
      'Directory Administrator',
      'Everything but ending the tokens of others',
      null,
      withoutDelete,
      (person) => person.index === LIMITED_ADMIN_INDEX,
    ),
    role(5, 'Security Operations', 'Answers incidents', null, SECURITY, share(5, 0.002)),
  ];
};
