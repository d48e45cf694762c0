import sdk, { type Models } from 'purecloud-platform-client-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../src/simulator/index.ts';
import { LIMITED_ADMIN_INDEX, SUPERVISOR_INDEX } from '../src/simulator/org/structure.ts';
import { wrongOnPurpose } from './judge/tests.ts';
import { expectFields, rejection, useApi, type Extended } from './sdk.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
let simulator: Simulator;
const tokens = new sdk.TokensApi();
const users = new sdk.UsersApi();

beforeAll(async () => {
  simulator = await startSimulator({ users: 60, limit: 20 });
});
beforeEach(() => {
  simulator.reset();
  useApi(simulator);
});
afterAll(() => simulator.close());

const refused = async (
  call: Promise<unknown>,
  status: number,
  code: string,
): Promise<Extended<Models.ErrorBody>> => {
  const error = await rejection<Models.ErrorBody>(call);
  expect(error.status).toBe(status);
  expect(error.body).toMatchObject({ status, code });
  expectFields(error.body, {
    message: 'string',
    code: 'string',
    status: 'number',
    messageParams: 'object',
    contextId: 'string',
    details: 'array',
    errors: 'array',
  });
  expect(error.headers['inin-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  return error;
};

const actAs = (index: number): void => {
  useApi(simulator, simulator.issueToken(simulator.org.user(index).id));
};

describe('errors as the official SDK sees them', () => {
  it('401 for a token that nobody has, and 404 for a user that does not exist', async () => {
    await refused(tokens.deleteToken(UNKNOWN), 404, 'not.found');
    await refused(users.getUser(UNKNOWN), 404, 'not.found');
    useApi(simulator, 'nobody-has-this');
    await refused(tokens.getTokensMe(), 401, 'bad.credentials');
  });

  it('403 names the permission that is missing', async () => {
    actAs(LIMITED_ADMIN_INDEX);
    const { body } = await refused(tokens.deleteToken(UNKNOWN), 403, 'missing.any.permissions');
    expect(body.message).toContain('[oauth:token:delete]');
    expect(body.messageParams).toEqual({ permissions: '[oauth:token:delete]' });
    actAs(SUPERVISOR_INDEX);
    await refused(tokens.putTokensTimeout({ body: {} }), 403, 'missing.any.permissions');
    await refused(users.postUsersSearch({ query: [] }), 403, 'missing.any.permissions');
  });

  it('400 for an idle timeout that is too short or too long', async () => {
    const put = (idleTokenTimeoutSeconds: number, code: string) =>
      refused(tokens.putTokensTimeout({ body: { idleTokenTimeoutSeconds } }), 400, code);
    await wrongOnPurpose(
      ['asked wrong: PUT /api/v2/tokens/timeout: idleTokenTimeoutSeconds is not such a whole number'],
      () => put(299, 'constraint.validation'),
    );
    await put(28_801, 'token.timeout.exceeded');
  });

  it('400 for a page that is too large and for more than 100 ids', async () => {
    await refused(users.getUsers({ pageSize: 501 }), 400, 'invalid.query.param.value');
    const id = Array.from({ length: 101 }, () => UNKNOWN);
    await wrongOnPurpose(['asked wrong: GET /api/v2/users: parameter id has too many values'], () =>
      refused(users.getUsers({ id }), 400, 'max.user.ids'),
    );
  });

  it('429 tells how long to wait and which limit was hit', async () => {
    for (let call = 0; call < 20; call += 1) await tokens.getTokensMe();
    const { body, headers } = await refused(tokens.getTokensMe(), 429, 'too.many.requests');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    const limit: Models.Limit | undefined = body.limit;
    expect(limit).toEqual({ key: 'token.rate.per.minute', namespace: 'platform.api', value: 20 });
  });

  it('503 by a fault', async () => {
    simulator.addFaults({ kind: 'status', route: 'GET /api/v2/tokens/me', status: 503 });
    await refused(tokens.getTokensMe(), 503, 'service.unavailable');
  });
});
