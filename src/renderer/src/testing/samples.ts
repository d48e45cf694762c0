import type { AppSnapshot } from '../../../shared/app.ts';
import type { Connection, SessionState, TokenDetails } from '../../../shared/connection.ts';
import { NO_COUNTS, type RunAbout, type RunProgress } from '../../../shared/run.ts';
import type { IdleTimeout } from '../../../shared/timeout.ts';

export const sampleConnection: Connection = {
  id: 'c-1',
  label: 'Acme production',
  method: 'client-credentials',
  region: { kind: 'genesys', id: 'eu-central-1' },
  clientId: 'client-1',
  organization: { id: 'org-1', name: 'Acme' },
  createdAt: '2026-11-20T08:00:00Z',
};

export const sampleToken: TokenDetails = {
  organization: { id: 'org-1', name: 'Acme' },
  homeOrganization: { id: 'org-1', name: 'Acme' },
  client: null,
  authorizedScopes: [],
  clonedUser: null,
  organizationState: null,
  user: null,
  permissions: {
    'oauth:token:delete': 'held',
    'directory:organization:admin': 'missing',
    'directory:user:view': 'unknown',
  },
  allPermissions: null,
  idlesAt: null,
  expiresAt: null,
  readAt: '2026-11-21T12:00:00Z',
  json: '{}',
};

export const sampleSession: SessionState = {
  kind: 'signed-in',
  connection: sampleConnection,
  token: sampleToken,
  secretPlace: 'memory',
};

export const sampleAbout: RunAbout = {
  connectionId: sampleConnection.id,
  connectionLabel: sampleConnection.label,
  region: 'eu-central-1',
  organization: sampleConnection.organization,
  demo: false,
  operator: 'Anna Berg',
  operatorId: 'u-anna',
  reason: 'Leavers of November',
  ticket: 'INC-20481',
  choice: null,
  createdAt: '2026-11-21T12:00:00Z',
};

export const sampleTimeout: IdleTimeout = {
  enabled: true,
  seconds: 1800,
  unit: 'Minutes',
  groupsEnabled: false,
  groupBundles: [],
  json: '{"idleTokenTimeoutSeconds":1800}',
  readAt: '2026-11-21T12:00:00Z',
};

export const sampleSnapshot: AppSnapshot = {
  version: '0.1.0',
  platform: 'linux',
  runtime: 'electron',
  platformVersions: {
    electron: '45.4.1',
    chromium: '153.0.1.2',
    node: '24.18.0',
    system: '6.1.0 (x64)',
    packaged: true,
  },
  settings: {
    theme: 'dark',
    rateShare: 0.97,
    logLevel: 'info',
    introductionSeen: true,
    times: 'system',
    density: 'normal',
  },
  keychain: { kind: 'ready' },
  connections: [sampleConnection],
  session: sampleSession,
  rate: {
    limitPerMinute: 300,
    limitSource: { kind: 'told', key: 'token.rate.per.minute' },
    usedLastMinute: 4,
    closedUntil: null,
  },
  proxy: null,
  activeRunId: null,
  interruptedRunIds: [],
  notices: ['One', 'Two'],
};

/** Ten users, and none with an outcome yet. */
export const sampleProgress: RunProgress = {
  runId: 'r-1',
  about: sampleAbout,
  state: { kind: 'running' },
  dryRun: false,
  users: 10,
  counts: { ...NO_COUNTS, 'not-attempted': 10 },
  inFlight: 0,
  ratePerMinute: 0,
  pacePerMinute: 291,
  limitPerMinute: 300,
  secondsLeft: null,
  tooManyRequests: 0,
  retries: 0,
  throughput: [],
  recentFailures: [],
  recentOutcomes: [],
};
