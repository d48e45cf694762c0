import { describe, expect, it } from 'vitest';
import { parseApiTime } from '../api-time.ts';
import { isSpeaking } from './conversation-summary.ts';
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

  it('a search by addresses that counts 300 and shows nobody does not pass for nobody', async () => {
    const { client } = await answering(() => ({ results: [], total: 300, pageCount: 1 }));
    const found = await createDirectory(client).usersByEmails(['a@example.org'], run);
    expect(found).toMatchObject({ counted: 300 });
  });
});
