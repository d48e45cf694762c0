import type { Permission } from '../org/permissions.ts';

export interface Answer {
  readonly status: number;
  /** Sent as JSON; with neither this nor `page` there is no body at all. */
  readonly body?: unknown;
  /** HTML. */
  readonly page?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface LimitBody {
  readonly key: string;
  readonly namespace: string;
  readonly value: number;
}

/** What an ErrorBody says beyond its fixed parts. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, string>>;
  /** The message with `{name}` in place of the parameters. */
  readonly messageWithParams?: string;
  readonly limit?: LimitBody;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of the API that is an error; thrown by handlers, turned into an ErrorBody in one place. */
export class ApiFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The API's ErrorBody (SDK model `ErrorBody`). Its contextId is not the correlation id, which is only in the header. */
export const errorAnswer = (failure: Failure, contextId: string): Answer => ({
  status: failure.status,
  headers: failure.headers ?? {},
  body: {
    message: failure.message,
    code: failure.code,
    status: failure.status,
    ...(failure.messageWithParams === undefined ? {} : { messageWithParams: failure.messageWithParams }),
    messageParams: failure.params ?? {},
    contextId,
    details: [],
    errors: [],
    ...(failure.limit ? { limit: failure.limit } : {}),
  },
});

export const badRequest = (message: string, code = 'bad.request'): ApiFailure =>
  new ApiFailure({ status: 400, code, message });

export const notFound = (message: string): ApiFailure =>
  new ApiFailure({ status: 404, code: 'not.found', message });

export const unauthorized = (code: string, message: string): ApiFailure =>
  new ApiFailure({ status: 401, code, message });

export const missingPermission = (anyOf: readonly Permission[]): ApiFailure => {
  const permissions = `[${anyOf.join(', ')}]`;
  const text = 'You do not have any of the permissions this needs:';
  return new ApiFailure({
    status: 403,
    code: 'missing.any.permissions',
    message: `${text} ${permissions}`,
    messageWithParams: `${text} {permissions}`,
    params: { permissions },
  });
};
