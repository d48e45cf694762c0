import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAnswer, type AnyAnswer } from '../../../contract/description/arbitraries.ts';
import { AppFailure } from '../failure.ts';
import { countUsers, findEntries } from '../genesys/directory-entries.ts';
import { groupMembers, groupsByIds, searchGroups } from '../genesys/groups.ts';
import { createApiClient, type ApiClient } from '../genesys/http.ts';
import { readRateLimit } from '../genesys/limits.ts';
import { getMe } from '../genesys/me.ts';
import { getOrganization } from '../genesys/organization.ts';
import { findUsers, userWithGroups } from '../genesys/people.ts';
import { askPermissions } from '../genesys/permissions.ts';
import { readTimeout } from '../genesys/timeout.ts';
import { deleteMyToken, getTokenInfo, revokeUserTokens, verifyToken } from '../genesys/tokens.ts';
import { createDirectory } from '../genesys/users.ts';
import type { Pacer } from '../genesys/pacing.ts';
import { createSecret } from '../secrets/secret.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { mutated, NUMBERS } from './hostile.ts';
import { cases, createRandom, LONGEST_MOMENT_MS, pick, PROOF_MS } from './scale.ts';

const TOKEN = 'tok+EN/that-nobody_may.see0123456789';
const ID = '11111111-2222-4333-8444-555555555555';
/** Characters; making larger ones takes longer than reading them. */
const MAX_BODY = 500_000;

/** More calls than any look-up of this test needs; then the network is gone. */
const MOST_REQUESTS = 200;

const openGate: Pacer = {
  acquire: (signal) => (signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve()),
  closeFor: () => undefined,
  pacePerMinute: 300,
  limitPerMinute: 300,
  setLimit: () => undefined,
};

/** Operations whose unknown fields are kept whole. */
const KEEPS_UNKNOWN = new Set(['GET /api/v2/tokens/me', 'GET /api/v2/tokens/timeout']);

type Call = (client: ApiClient, clock: ManualClock, signal: AbortSignal) => Promise<unknown>;
const told = (): undefined => undefined;

const CALLS: readonly (readonly [operation: string, what: string, call: Call])[] = [
  ['GET /api/v2/tokens/me', 'the token', (client, _clock, signal) => getTokenInfo(client, signal)],
  ['HEAD /api/v2/tokens/me', 'whether it is valid', verifyToken],
  ['DELETE /api/v2/tokens/me', 'ending it', (client, _clock, signal) => deleteMyToken(client, signal)],
  [
    'DELETE /api/v2/tokens/{userId}',
    'ending a user’s',
    (client, _clock, signal) => revokeUserTokens(client, ID, signal),
  ],
  [
    'GET /api/v2/tokens/timeout',
    'the idle timeout',
    (client, clock, signal) => readTimeout(client, clock, signal),
  ],
  ['GET /api/v2/users/me', 'who it is', (client, _clock, signal) => getMe(client, signal)],
  ['GET /api/v2/organizations/me', 'the org', (client, _clock, signal) => getOrganization(client, signal)],
  [
    'GET /api/v2/users',
    'users by id',
    (client, _clock, signal) => createDirectory(client).usersByIds([ID], signal),
  ],
  [
    'GET /api/v2/users',
    'all users',
    (client, _clock, signal) => createDirectory(client).usersOfState('active', signal, told),
  ],
  ['GET /api/v2/users', 'their number', (client, _clock, signal) => countUsers(client, signal)],
  [
    'GET /api/v2/users',
    'their activity',
    (client, _clock, signal) => createDirectory(client).activityOf([ID], ['on-call'], signal),
  ],
  [
    'GET /api/v2/users/{userId}',
    'a user’s groups',
    (client, _clock, signal) => userWithGroups(client, ID, signal),
  ],
  [
    'POST /api/v2/users/search',
    'users by address',
    (client, _clock, signal) => createDirectory(client).usersByEmails(['a@example.org'], signal),
  ],
  [
    'POST /api/v2/users/search',
    'users by text',
    (client, _clock, signal) => createDirectory(client).searchUsers('name', 'ana', signal, told),
  ],
  ['POST /api/v2/users/search', 'people', (client, _clock, signal) => findUsers(client, 'ana', signal)],
  [
    'POST /api/v2/groups/search',
    'groups by text',
    (client, _clock, signal) => searchGroups(client, 'sales', signal),
  ],
  ['GET /api/v2/groups', 'groups by id', (client, _clock, signal) => groupsByIds(client, [ID], signal)],
  [
    'GET /api/v2/groups/{groupId}/members',
    'ids of members',
    (client, _clock, signal) => groupMembers(client, ID, signal),
  ],
  [
    'GET /api/v2/groups/{groupId}/members',
    'members',
    (client, _clock, signal) => createDirectory(client).groupMembers(ID, signal, told),
  ],
  [
    'GET /api/v2/authorization/divisions',
    'divisions',
    (client, _clock, signal) => findEntries(client, 'division', 'a', signal),
  ],
  [
    'GET /api/v2/authorization/roles',
    'roles',
    (client, _clock, signal) => findEntries(client, 'role', 'a', signal),
  ],
  [
    'GET /api/v2/authorization/roles/{roleId}/users',
    'holders of a role',
    (client, _clock, signal) => createDirectory(client).roleMembers(ID, signal, told),
  ],
  [
    'GET /api/v2/authorization/divisionspermitted/paged/me',
    'permissions',
    (client, _clock, signal) => askPermissions(client, signal),
  ],
  [
    'GET /api/v2/organizations/limits/namespaces/{namespaceName}',
    'limits',
    (client, _clock, signal) => readRateLimit(client, 'user', signal),
  ],
];

const CONTENT_TYPES = [
  'application/json',
  'application/json',
  'application/json',
  'text/html',
  'text/plain',
  'application/problem+json',
  '',
  'application/octet-stream',
];
const ERRORS = ['ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'CERT_HAS_EXPIRED', 'UND_ERR_SOCKET', ''];

function bodyText(random: () => number, answer: AnyAnswer): string {
  const text = JSON.stringify(mutated(random, answer.body ?? null, 'json')).slice(0, MAX_BODY);
  const kind = random();
  if (kind < 0.05) return text.slice(0, Math.floor(random() * text.length));
  if (kind < 0.08) return '['.repeat(200_000);
  if (kind < 0.11) return `<html>${TOKEN}</html>`;
  if (kind < 0.13) return '';
  if (kind < 0.15) return '\uFEFF'.concat(text);
  // Somewhere in it, the token as it was sent, or as JSON may write it.
  return kind < 0.5
    ? text.replace(
        /"([^"\\]*)"/,
        `"$1 ${pick(random, [TOKEN, TOKEN.replace('/', '\\/'), encodeURIComponent(TOKEN)])}"`,
      )
    : text;
}

function hostileResponse(random: () => number, answers: readonly AnyAnswer[]): Response {
  const answer = pick(random, answers);
  if (random() < 0.06)
    throw Object.assign(new TypeError(`fetch failed ${TOKEN}`), { cause: { code: pick(random, ERRORS) } });
  const status = random() < 0.2 ? 200 + Math.floor(random() * 400) : answer.status;
  const headers = new Headers({ ...answer.headers });
  const type = pick(random, CONTENT_TYPES);
  if (type !== '') headers.set('content-type', type);
  if (random() < 0.3)
    headers.set(
      'retry-after',
      String(pick<number | string>(random, [...NUMBERS, '315360000', 'Fri, 31 Dec 9999 23:59:59 GMT', 'x'])),
    );
  if (random() < 0.3)
    headers.set('inin-correlation-id', `${TOKEN}${'c'.repeat(Math.floor(random() * 3_000))}`);
  const withoutBody = [204, 205, 304].includes(status);
  return new Response(withoutBody ? null : bodyText(random, answer), { status, headers });
}

/** No text that goes on to the window is longer than a name or a message, whole listings aside. */
function longestText(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Math.max(
    0,
    ...Object.entries(value).map(([name, part]) => (name === 'json' ? 0 : longestText(part))),
  );
}

describe.each(CALLS.map(([operation, what, call], n) => ({ operation, what, call, n })))(
  '$operation: $what',
  ({ operation, call, n }) => {
    it(
      'any answer ends in a result or an error of ours, bounded and without the token',
      { timeout: PROOF_MS },
      async () => {
        const random = createRandom(n + 1);
        const answers = fc.sample(anyAnswer(operation), { numRuns: cases(100, 20), seed: n + 1 });
        for (let at = 0; at < cases(100, 10); at += 1) {
          const clock = createManualClock();
          let requests = 0;
          /** What making the answers took, ms: none of it is main's. */
          let making = 0;
          const client = createApiClient({
            apiBase: 'https://api.example',
            token: () => createSecret(TOKEN),
            onSignedOut: () => Promise.resolve({ kind: 'ended' }),
            fetch: async () => {
              requests += 1;
              await Promise.resolve();
              if (requests > MOST_REQUESTS)
                throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } });
              const began = process.cpuUsage();
              try {
                return hostileResponse(random, answers);
              } finally {
                const { user, system } = process.cpuUsage(began);
                making += (user + system) / 1_000;
              }
            },
            pacer: openGate,
            clock,
            random,
          });
          const before = process.cpuUsage();
          const [ended] = await clock.runUntil(
            Promise.allSettled([call(client, clock, new AbortController().signal)]),
          );
          const { user, system } = process.cpuUsage(before);
          const result: unknown = ended.status === 'fulfilled' ? ended.value : ended.reason;
          if (ended.status === 'rejected') expect(result, String(result)).toBeInstanceOf(AppFailure);
          const seen = JSON.stringify([result instanceof AppFailure ? result.error : result]);
          for (const form of [TOKEN, encodeURIComponent(TOKEN), TOKEN.replace('/', '\\/')])
            expect(seen).not.toContain(form);
          expect(longestText(result instanceof AppFailure ? result.error : result)).toBeLessThanOrEqual(
            1_100,
          );
          // Fields that the app does not know go through as they came: a PUT sends them back, and JSON is shown as JSON.
          if (!KEEPS_UNKNOWN.has(operation)) expect(seen).not.toMatch(/\\u0000|\u202E/);
          expect(((user + system) / 1_000 - making) / Math.max(1, requests)).toBeLessThan(LONGEST_MOMENT_MS);
        }
      },
    );
  },
);
