import type { AppSnapshot } from '../../../shared/app.ts';
import type { Connection, SessionState, TokenDetails } from '../../../shared/connection.ts';
import type { IdleTimeout } from '../../../shared/timeout.ts';

const SCENARIOS = [
  'demo',
  'real',
  'client',
  'signed-out',
  'expired',
  'first-start',
  'no-keychain',
  'failing',
] as const;
export type Scenario = (typeof SCENARIOS)[number];
export const isScenario = (name: string | null): name is Scenario =>
  (SCENARIOS as readonly (string | null)[]).includes(name);

const soon = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

const demo: Connection = {
  id: 'c-demo',
  label: 'Demo organization',
  method: 'demo',
  region: { kind: 'demo' },
  clientId: 'demo-client',
  organization: { id: '0a4e0d9a-1111-4c1e-9a8e-5d3c2b1a0f00', name: 'Northwind Contact' },
  createdAt: '2026-11-20T08:00:00Z',
};
const real: Connection = {
  ...demo,
  id: 'c-real',
  label: 'Acme production',
  method: 'client-credentials',
  region: { kind: 'genesys', id: 'eu-central-1' },
  organization: { id: '7c7e0d9a-2222-4c1e-9a8e-5d3c2b1a0f00', name: 'Acme Versicherung AG' },
};

const token: TokenDetails = {
  organization: demo.organization,
  homeOrganization: demo.organization,
  client: {
    id: '3f2b7c1a-9d4e-4f6a-8b2c-1d0e9f8a7b6c',
    name: 'Security operations',
    grant: 'CODE',
    state: 'active',
    scopes: ['authorization', 'organization', 'users'],
    roleDivisions: [],
    deletedOn: null,
    organization: demo.organization,
    builtIn: false,
  },
  authorizedScopes: ['authorization', 'organization', 'users'],
  clonedUser: null,
  user: {
    id: 'b1d7a0c4-6e0f-4f7e-9a55-0c1d2e3f4a5b',
    name: 'Ingrid Sørensen',
    email: 'ingrid.sorensen@northwind.example',
    title: 'Platform administrator',
    department: 'IT security',
    division: { id: 'd-home', name: 'Home' },
  },
  permissions: {
    'oauth:token:delete': 'held',
    'directory:organization:admin': 'held',
    'directory:user:view': 'held',
  },
  allPermissions: [
    'authorization:grant:view',
    'directory:organization:admin',
    'directory:user:view',
    'oauth:token:delete',
  ],
  idlesAt: soon(1538),
  expiresAt: soon(83_412),
  readAt: soon(-4),
  json: JSON.stringify({ organization: demo.organization, dateTokenIdles: soon(1538) }, null, 2),
};

const clientToken: TokenDetails = {
  ...token,
  organization: real.organization,
  homeOrganization: { id: 'partner', name: 'Brightline Partners' },
  user: null,
  allPermissions: null,
  permissions: {
    'oauth:token:delete': 'unknown',
    'directory:organization:admin': 'missing',
    'directory:user:view': 'missing',
  },
  idlesAt: null,
  expiresAt: null,
};

const signedIn = (connection: Connection, details: TokenDetails): SessionState => ({
  kind: 'signed-in',
  connection,
  token: details,
  secretPlace: 'keychain',
});

function sessionOf(scenario: Scenario): SessionState {
  if (scenario === 'signed-out') return { kind: 'signed-out' };
  if (scenario === 'expired') return { kind: 'expired', connection: real };
  if (scenario === 'client') return signedIn(real, clientToken);
  if (scenario === 'real')
    return signedIn(real, { ...token, organization: real.organization, homeOrganization: real.organization });
  return signedIn(demo, token);
}

export const snapshotOf = (scenario: Scenario): AppSnapshot => ({
  version: '0.1.0',
  platform: 'linux',
  runtime: 'chromium-electron',
  settings: {
    theme: 'system',
    rateShare: 0.97,
    logLevel: 'info',
    introductionSeen: scenario !== 'first-start',
  },
  keychain:
    scenario === 'no-keychain'
      ? { kind: 'unavailable', reason: 'locked', message: 'Cannot get secret of a locked object' }
      : { kind: 'ready' },
  connections: scenario === 'signed-out' ? [] : [demo, real],
  session: sessionOf(scenario),
  rate: scenario === 'signed-out' ? null : { limitPerMinute: 300, usedLastMinute: 16, closedUntil: null },
  activeRunId: scenario === 'real' ? 'run-1' : null,
  interruptedRunIds: [],
  notices:
    scenario === 'no-keychain'
      ? [
          'The settings file could not be read. It was kept as settings.json.bad, and the app started with the usual settings.',
        ]
      : [],
});

export const sampleTimeout: IdleTimeout = {
  enabled: true,
  seconds: 1800,
  unit: 'Minutes',
  groupsEnabled: true,
  groupBundles: [
    { priority: 1, timeoutSeconds: 900, unit: 'Minutes', groupIds: ['8f1c2d3e-4b5a-6978-8695-a4b3c2d1e0f9'] },
  ],
  json: '{\n  "idleTokenTimeoutSeconds": 1800\n}',
  readAt: soon(-2),
};

export { demo as demoConnection, token as sampleToken };
