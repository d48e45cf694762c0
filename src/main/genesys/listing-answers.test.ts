import { describe, expect, it } from 'vitest';
import { groupMembers, groupsByIds, searchGroups } from './groups.ts';
import { findPeople } from './people-search.ts';
import { getTokenInfo } from './tokens.ts';
import { sendJson, startTestServer, testClient, type Answering } from './testing-server.fixture.ts';
import { createDirectory } from './users.ts';

// What listings show is what a plan is made of: somebody who is missing in one is "not found", and so not revoked.

const run = new AbortController().signal;
const idOf = (n: number): string => `3f0e2a55-57b1-4f0a-9a3c-${n.toString(16).padStart(12, '0')}`;
const IDS = Array.from({ length: 30 }, (_, n) => idOf(n));

async function serve(answer: Answering) {
  const server = await startTestServer(answer);
  const test = testClient(server.base);
  return { ...server, ...test, directory: createDirectory(test.client) };
}

/** Ids that a request asks for, and its page of so many. */
const pageOf = (url: string, size: number) => {
  const { searchParams } = new URL(url, 'http://x');
  const asked = searchParams.getAll('id');
  const pageNumber = Number(searchParams.get('pageNumber'));
  const entities = asked.slice((pageNumber - 1) * size, pageNumber * size).map((id) => ({ id, name: id }));
  return {
    entities,
    pageNumber,
    pageSize: size,
    total: asked.length,
    pageCount: Math.ceil(asked.length / size),
  };
};

describe('entities by their ids', () => {
  // 25 is the description's default for pageSize.
  it.each([25, 10])('are all found where a page has only %i', async (size) => {
    const { directory, client, received } = await serve(({ url }, response) =>
      sendJson(response, 200, pageOf(url, size)),
    );
    expect((await directory.usersByIds(IDS, run)).map(({ id }) => id)).toEqual(IDS);
    expect(received).toHaveLength(Math.ceil(30 / size));
    expect(await directory.activityOf(IDS, ['last-token'], run)).toHaveLength(30);
    expect(await groupsByIds(client, IDS, run)).toHaveLength(30);
  });

  it('are refused at the first page with others, however many pages there are', async () => {
    const { directory, received } = await serve((_request, response) =>
      sendJson(response, 200, { entities: [{ id: idOf(99) }], total: 20_000, pageCount: 200 }),
    );
    await expect(directory.usersByIds(IDS, run)).rejects.toMatchObject({
      error: { code: 'unexpected-answer' },
    });
    expect(received).toHaveLength(1);
  });

  it.each([413, 414, 431])(
    'are asked for in smaller calls where something in between finds %i: too long',
    async (status) => {
      const { directory, received } = await serve(({ url }, response) => {
        if (url.length > 1_000)
          response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>No</h1>');
        else sendJson(response, 200, pageOf(url, 100));
      });
      expect(await directory.usersByIds(IDS, run)).toHaveLength(30);
      expect(received.length).toBeLessThan(6);
    },
  );
});

describe('an answer without entities', () => {
  const GROUP = idOf(99);
  const ask = (directory: ReturnType<typeof createDirectory>) => [
    directory.usersByIds(IDS, run),
    directory.activityOf(IDS, ['last-token'], run),
    directory.usersOfState('active', run, () => undefined),
    directory.groupMembers(GROUP, run, () => undefined),
    directory.roleMembers(GROUP, run, () => undefined),
  ];

  it.each([
    ['an error in the place of one', { error: 'blocked by policy' }],
    ['an error of a gateway with 200', { code: 500, message: 'no' }],
    ['an empty object', {}],
    ['none, though it counts some', { entities: null, total: 30, pageCount: 1 }],
  ])('does not pass for nobody: %s', async (_what, body) => {
    const { directory, client } = await serve((_request, response) => sendJson(response, 200, body));
    for (const asked of [...ask(directory), groupsByIds(client, IDS, run), groupMembers(client, GROUP, run)])
      await expect(asked).rejects.toMatchObject({
        error: { code: 'unexpected-answer', message: expect.stringContaining('entities') as string },
      });
  });

  it.each([{ entities: null, total: 0 }, { total: 0, pageCount: 0 }, { entities: [] }])(
    'is an empty set where it says so: %j',
    async (body) => {
      const { directory } = await serve((_request, response) => sendJson(response, 200, body));
      expect(await directory.usersByIds(IDS, run)).toEqual([]);
      expect(await directory.roleMembers(GROUP, run, () => undefined)).toMatchObject({ items: [] });
    },
  );
});

it('an error of the API is no success, whatever its status and whoever asked', async () => {
  const { client } = await serve((_request, response) =>
    sendJson(response, 200, { code: 'internal.server.error', message: 'It broke', status: 500 }),
  );
  for (const ask of [
    () => getTokenInfo(client, run),
    () => findPeople(client, 'ann', run),
    () => searchGroups(client, 'a', run),
  ])
    await expect(ask()).rejects.toMatchObject({
      error: { code: 'unexpected-answer', message: 'Status 200, but an error: It broke' },
    });
});

it('a 429 with Retry-After: 0 waits as one that does not say how long', async () => {
  const { directory, gate } = await serve(({ url }, response, call) =>
    call < 3
      ? sendJson(response, 429, { code: 'too.many.requests' }, { 'retry-after': '0' })
      : sendJson(response, 200, pageOf(url, 100)),
  );
  expect(await directory.usersByIds(IDS, run)).toHaveLength(30);
  expect(gate.closures).toEqual([3_000, 3_000]);
});
