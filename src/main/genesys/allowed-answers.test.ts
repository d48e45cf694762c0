import { describe, expect, it } from 'vitest';
import { parseApiTime } from '../api-time.ts';
import { isSpeaking } from './conversation-summary.ts';
import { countUsers, findEntries } from './directory-entries.ts';
import { readDirectoryNames } from './directory-names.ts';
import { firstGroups, searchGroups } from './groups.ts';
import { findPeople } from './people-search.ts';
import { userWithGroups } from './people.ts';
import { sendJson, startTestServer, testClient } from './testing-server.fixture.ts';
import { createDirectory } from './users.ts';

// Answers that the vendor's description allows and that were misread once (docs/api.md).

const run = new AbortController().signal;
const ID = '3f0e2a55-57b1-4f0a-9a3c-0d1f6f0a7b01';
const OTHER = '3f0e2a55-57b1-4f0a-9a3c-0d1f6f0a7b02';
const GROUP = { id: ID, name: 'Night shift', type: 'official', state: 'active', memberCount: 3 };

/** A client of a server that answers each request by what it is asked. */
async function answering(answer: (path: string, call: number) => unknown) {
  const { base, received } = await startTestServer(({ url }, response, call) => {
    sendJson(response, 200, answer(url, call));
  });
  return { client: testClient(base).client, received };
}

describe('answers that the description allows', () => {
  it('a leap second is the second after', () => {
    expect(parseApiTime('2016-12-31T23:59:60Z')).toBe(Date.UTC(2017, 0, 1));
    expect(parseApiTime('2016-12-31T23:59:60.250Z')).toBe(Date.UTC(2017, 0, 1, 0, 0, 0, 250));
    expect(parseApiTime('yesterday')).toBeNaN();
  });

  it.each([
    ['an empty summary', {}, null],
    ['a summary without a number', { call: { contactCenter: {} } }, null],
    ['no summary', undefined, null],
    ['no call', { call: { contactCenter: { active: 0 } } }, false],
    ['a call', { call: { contactCenter: { active: 0 }, enterprise: { active: 1 } } }, true],
    ['a video call', { video: { contactCenter: { active: 1 } } }, true],
  ])('%s: whether somebody is on a call is told, or unknown', (_what, summary, speaking) => {
    expect(isSpeaking(summary)).toBe(speaking);
  });

  it('a look-up by id that is answered with somebody else is refused', async () => {
    const { client } = await answering(() => ({ id: OTHER, name: 'Somebody else' }));
    await expect(userWithGroups(client, ID, run)).rejects.toMatchObject({
      error: { code: 'unexpected-answer' },
    });
  });

  it('a look-up by id that is answered with a deleted user is not found, as documented', async () => {
    const { client } = await answering(() => ({ id: ID, name: 'Gone', state: 'deleted' }));
    await expect(userWithGroups(client, ID, run)).rejects.toMatchObject({ error: { code: 'not-found' } });
  });

  it('a deleted group is offered nowhere', async () => {
    const groups = [GROUP, { ...GROUP, id: OTHER, name: 'Former shift', state: 'deleted' }];
    const { client } = await answering((path) =>
      path.startsWith('/api/v2/groups/search')
        ? { results: groups, total: 2, pageCount: 1 }
        : { entities: path.startsWith('/api/v2/groups') ? groups : [], total: 2, pageCount: 1 },
    );
    expect((await searchGroups(client, 'shift', run)).groups.map(({ id }) => id)).toEqual([ID]);
    expect((await firstGroups(client, run)).groups.map(({ id }) => id)).toEqual([ID]);
    expect((await readDirectoryNames(client, run)).group.entries.map(({ id }) => id)).toEqual([ID]);
  });

  it('a person without an id is left out where one picks', async () => {
    const { client } = await answering(() => ({
      results: [{ name: 'Nobody' }, { id: ID, name: 'Ann' }],
      total: 2,
      pageCount: 1,
    }));
    expect((await findPeople(client, 'an', run)).people.map(({ id }) => id)).toEqual([ID]);
  });

  it('a set of users to revoke from with somebody who has no id fails, and says so', async () => {
    const { client } = await answering(() => ({ entities: [{ id: ID }, {}], total: 2, pageCount: 1 }));
    await expect(createDirectory(client).groupMembers(ID, run, () => undefined)).rejects.toMatchObject({
      error: { code: 'unexpected-answer', message: expect.stringContaining('entities.1.id') as string },
    });
    await expect(createDirectory(client).roleMembers(ID, run, () => undefined)).rejects.toMatchObject({
      error: { code: 'unexpected-answer' },
    });
  });

  it('of the groups of a user one without an id is left out', async () => {
    const { client } = await answering(() => ({ id: ID, name: 'Ann', groups: [{}, { id: OTHER }] }));
    expect((await userWithGroups(client, ID, run)).groupIds).toEqual([OTHER]);
  });

  it('what the API finds for a text is shown, whether or not its name has the text', async () => {
    const { client } = await answering((path) =>
      path.startsWith('/api/v2/groups/search')
        ? { results: [GROUP], total: 1, pageCount: 1 }
        : { entities: [{ id: ID, name: 'Night shift' }], total: 1, pageCount: 1 },
    );
    expect(await searchGroups(client, 'zzz', run)).toMatchObject({ groups: [{ id: ID }], total: 1 });
    for (const kind of ['division', 'group', 'role'] as const)
      expect(await findEntries(client, kind, 'zzz', run)).toMatchObject({ entries: [{ id: ID }], total: 1 });
  });

  it('who got a token since is asked for by the newest token alone', async () => {
    const { client, received } = await answering(() => ({ entities: [{ id: ID }], total: 1, pageCount: 1 }));
    await createDirectory(client).activityOf([ID], ['last-token'], run);
    expect(received.map(({ url }) => new URL(url, 'http://x').searchParams.getAll('expand'))).toEqual([
      ['lasttokenissued'],
    ]);
  });

  it('a search by addresses that counts 300 and shows nobody does not pass for nobody', async () => {
    const { client } = await answering(() => ({ results: [], total: 300, pageCount: 1 }));
    const found = await createDirectory(client).usersByEmails(['a@example.org'], run);
    expect(found).toMatchObject({ counted: 300 });
  });

  it('a batch that is refused for its size is halved, and so are those after it', async () => {
    const asked: number[] = [];
    const idOf = (email: string): string => ID.slice(0, -3) + String(100 + Number(/\d+/.exec(email)?.[0]));
    const { base } = await startTestServer(({ body }, response) => {
      const { values } = (JSON.parse(body) as { query: { values: string[] }[] }).query[0]!;
      asked.push(values.length);
      if (values.length > 20)
        sendJson(response, 400, {
          code: 'search.criteria.values.exceed.limit',
          status: 400,
          message: 'Too many',
        });
      else {
        const results = values.map((email) => ({ id: idOf(email), name: email, email }));
        sendJson(response, 200, { results, total: results.length, pageCount: 1 });
      }
    });
    const emails = Array.from({ length: 50 }, (_, n) => `u${n}@example.org`);
    const directory = createDirectory(testClient(base).client);
    const found = await directory.usersByEmails(emails, run);
    expect(found.items.map(({ email }) => email)).toEqual(emails);
    expect(asked).toEqual([50, 25, 13, 13, 13, 11]);
    asked.length = 0;
    await directory.usersByEmails(emails.slice(0, 20), run);
    expect(asked).toEqual([13, 7]);
  });

  it('a search that the API’s own network failed is tried again', async () => {
    const { base, received } = await startTestServer((_request, response, call) => {
      if (call === 1)
        sendJson(response, 400, { code: 'client.failed.request', status: 400, message: 'Failed' });
      else sendJson(response, 200, { results: [{ id: ID, name: 'Ann' }], total: 1, pageCount: 1 });
    });
    expect((await findPeople(testClient(base).client, 'an', run)).people).toHaveLength(1);
    expect(received).toHaveLength(2);
  });

  it('users listed as inactive without a state are what was asked for', async () => {
    const { client } = await answering(() => ({
      entities: [{ id: ID, name: 'Ann' }],
      total: 1,
      pageCount: 1,
    }));
    const listed = await createDirectory(client).usersOfState('inactive', run, () => undefined);
    expect(listed.items.map(({ state }) => state)).toEqual(['inactive']);
  });

  it('a number of users that is not told stays untold', async () => {
    const { client } = await answering(() => ({ entities: [{ id: ID, name: 'Ann' }] }));
    expect(await countUsers(client, run)).toEqual({ active: null, inactive: null });
  });
});
