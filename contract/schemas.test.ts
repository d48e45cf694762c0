import type { Models } from 'purecloud-platform-client-v2';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { memberListingSchema } from '../src/main/genesys/groups.ts';
import { groupListingSchema, groupSearchSchema } from '../src/main/genesys/groups.ts';
import { limitsSchema } from '../src/main/genesys/limits.ts';
import { userMeSchema } from '../src/main/genesys/me.ts';
import { organizationSchema } from '../src/main/genesys/organization.ts';
import type { userWithGroupsSchema } from '../src/main/genesys/people.ts';
import { divisionsPermittedSchema } from '../src/main/genesys/permissions.ts';
import { idleTimeoutSchema } from '../src/main/genesys/timeout-value.ts';
import { tokenInfoSchema } from '../src/main/genesys/tokens.ts';
import { userListingSchema, userSearchSchema } from '../src/main/genesys/user.ts';
import { startSimulator, type Simulator } from '../src/simulator/index.ts';

/**
 * A model with what the two sides may differ in taken out: we take null for missing, treat fields as optional that the
 * SDK calls required, know an enum where it says string, and keep fields that neither of us knows.
 */
type Plain<T> = T extends string
  ? string
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [K in keyof T as string extends K ? never : K]?: Plain<NonNullable<T[K]>> }
      : T;

/**
 * How a schema and the SDK's model agree: no field of ours that the SDK does not have, each of ours
 * of the SDK's type, and each of the SDK's values acceptable to ours.
 */
interface Agreement<Schema extends z.ZodType, Model, Ours = Plain<z.output<Schema>>, Theirs = Plain<Model>> {
  schema: Schema;
  noFieldOfOurOwn: Exclude<keyof Ours, keyof Theirs>;
  sameTypes: Ours extends Theirs ? true : false;
  andBack: Pick<Theirs, keyof Theirs & keyof Ours> extends Ours ? true : false;
}

interface Agreed {
  noFieldOfOurOwn: never;
  sameTypes: true;
  andBack: true;
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ users: 200, limit: 10_000 });
});
afterAll(() => simulator.close());

async function ask(path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${simulator.api}/api/v2/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return response.json();
}

describe('our schemas', () => {
  // The compiler judges this one (npm run check:types); at run time it only passes.
  it('agree with the models of the official SDK', () => {
    expectTypeOf<Agreement<typeof tokenInfoSchema, Models.TokenInfo>>().toExtend<Agreed>();
    expectTypeOf<Agreement<typeof idleTimeoutSchema, Models.IdleTokenTimeout>>().toExtend<Agreed>();
    expectTypeOf<Agreement<typeof userMeSchema, Models.UserMe>>().toExtend<Agreed>();
    expectTypeOf<Agreement<typeof userListingSchema, Models.UserEntityListing>>().toExtend<Agreed>();
    expectTypeOf<Agreement<typeof userSearchSchema, Models.UsersSearchResponse>>().toExtend<Agreed>();
    expectTypeOf<Agreement<typeof userWithGroupsSchema, Models.User>>().toExtend<Agreed>();
    expectTypeOf<Agreement<typeof groupListingSchema, Models.GroupEntityListing>>().toExtend<Agreed>();
    expectTypeOf<Agreement<typeof groupSearchSchema, Models.GroupsSearchResponse>>().toExtend<Agreed>();
    expectTypeOf<Agreement<typeof memberListingSchema, Models.UserEntityListing>>().toExtend<Agreed>();
    expectTypeOf<Agreement<typeof organizationSchema, Models.Organization>>().toExtend<Agreed>();
    expectTypeOf<
      Agreement<typeof divisionsPermittedSchema, Models.DivsPermittedEntityListing>
    >().toExtend<Agreed>();
    expectTypeOf<Agreement<typeof limitsSchema, Models.LimitsEntityListing>>().toExtend<Agreed>();
  });

  it.each<[string, z.ZodType, unknown?]>([
    ['tokens/me?preserveIdleTTL=true', tokenInfoSchema],
    ['tokens/timeout', idleTimeoutSchema],
    ['users/me?expand=authorization', userMeSchema],
    ['users?pageSize=100&state=any', userListingSchema],
    [
      'users/search',
      userSearchSchema,
      { pageSize: 100, query: [{ type: 'EXACT', fields: ['state'], values: ['active', 'deleted'] }] },
    ],
    ['groups?pageSize=100', groupListingSchema],
    ['groups/search', groupSearchSchema, { query: [{ type: 'CONTAINS', fields: ['name'], value: 'shift' }] }],
    ['organizations/me', organizationSchema],
    ['authorization/divisionspermitted/paged/me?permission=oauth:token:delete', divisionsPermittedSchema],
    ['organizations/limits/namespaces/platform.api', limitsSchema],
  ])('take what %s answers, and lose nothing of it', async (path, schema, body) => {
    const answer = await ask(path, body);
    expect(schema.parse(answer)).toEqual(answer);
  });
});
