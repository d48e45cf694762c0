import sdk from 'purecloud-platform-client-v2';
import { expect } from 'vitest';
import type { Simulator } from '../src/simulator/index.ts';

/** What the SDK resolves and rejects with when it is asked for extended responses. */
export interface Extended<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: T;
}

const gatewayOf = (origin: string) => {
  const { hostname, port } = new URL(origin);
  return { host: hostname, protocol: 'http', port: Number(port) };
};

/** Points the SDK's one client at a host of the simulator; the real hosts differ, and so do these. */
const useHost = (origin: string, token: string): typeof sdk.ApiClient.instance => {
  const client = sdk.ApiClient.instance;
  client.setGateway(gatewayOf(origin));
  client.setReturnExtendedResponses(true);
  client.setAccessToken(token);
  return client;
};

export const useApi = (simulator: Simulator, token = simulator.token) => useHost(simulator.api, token);
export const useLogin = (simulator: Simulator) => useHost(simulator.login, '');

/** The SDK's types name the body alone; with extended responses it gives all of this. */
export const extended = async <T>(call: Promise<T>): Promise<Extended<T>> =>
  (await call) as unknown as Extended<T>;

/** @returns the body alone, as the SDK types it. */
export const body = async <T>(call: Promise<T>): Promise<T> => (await extended(call)).body;

/** @returns what the call was rejected with. @throws when it succeeded. */
export const rejection = async <T = unknown>(call: Promise<unknown>): Promise<Extended<T>> => {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error as Extended<T>,
  );
  if (!outcome) throw new Error('the call should have been refused');
  return outcome;
};

type TypeName = 'string' | 'number' | 'boolean' | 'array' | 'object';

/** Checks at run time that each field is there with its type; which fields there can be is checked by the compiler. */
export const expectFields = <T extends object>(
  value: T | undefined,
  fields: Readonly<Partial<Record<keyof T, TypeName>>>,
): void => {
  const found = Object.fromEntries(
    Object.keys(fields).map((name) => {
      const field = (value as Record<string, unknown> | undefined)?.[name];
      return [name, Array.isArray(field) ? 'array' : typeof field];
    }),
  );
  expect(found).toEqual(fields);
};

/** The envelope that listings share. */
export const expectListing = (
  listing: {
    readonly entities?: readonly unknown[];
    readonly pageSize?: number;
    readonly pageNumber?: number;
    readonly total?: number;
    readonly firstUri?: string;
    readonly lastUri?: string;
    readonly selfUri?: string;
    readonly pageCount?: number;
  },
  page: { readonly pageSize: number; readonly pageNumber: number },
): void => {
  expect(listing).toMatchObject(page);
  expectFields(listing, {
    entities: 'array',
    total: 'number',
    pageCount: 'number',
    firstUri: 'string',
    lastUri: 'string',
    selfUri: 'string',
  });
};
