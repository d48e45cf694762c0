import { isDeepStrictEqual } from 'node:util';
import type { ErrorCode } from '../../shared/result.ts';
import { bundleProblems, isLegalTimeout } from '../../shared/timeout-groups.ts';
import {
  TIMEOUT_MAX_SECONDS,
  TIMEOUT_MIN_SECONDS,
  type IdleTimeout,
  type TimeoutChange,
  type TimeoutSaveResult,
} from '../../shared/timeout.ts';
import { type Clock, nowIso } from '../clock.ts';
import { failure } from '../failure.ts';
import { ApiError } from './errors.ts';
import type { ApiClient } from './http.ts';
import {
  isAsSent,
  knownFields,
  rawTimeout,
  toIdleTimeout,
  unknownFields,
  type RawTimeout,
} from './timeout-value.ts';

const PATH = '/api/v2/tokens/timeout';

/** Is told of every value that passes; a history keeps them. */
export interface TimeoutObserver {
  /** @throws to prevent a save that follows. */
  read(value: RawTimeout): Promise<void>;
  /** The API took it. Must not throw: what is done is done. */
  written(value: RawTimeout): Promise<void>;
}

const NOBODY: TimeoutObserver = { read: () => Promise.resolve(), written: () => Promise.resolve() };

/** The org's idle timeout. @throws ApiError */
export async function readTimeout(
  client: ApiClient,
  clock: Clock,
  signal: AbortSignal,
  observer = NOBODY,
): Promise<IdleTimeout> {
  const raw = await readRaw(client, signal);
  await observer.read(raw);
  return toIdleTimeout(raw, nowIso(clock));
}

interface Save {
  readonly change: TimeoutChange;
  /** The `json` that the person saw. */
  readonly expected: string;
  /** An earlier value of the org, whose fields that this app does not know come back as well. */
  readonly restored?: RawTimeout | undefined;
}

/**
 * Saves a change: reads again, and sends nothing when somebody changed it since `expected` was read; PUTs the whole
 * object, so that fields this app does not know survive, whether PUT replaces or merges (which is not documented);
 * reads back and compares.
 * @throws AppFailure `invalid-input` before any call; ApiError when nothing was changed, or nothing is known.
 */
export async function saveTimeout(
  client: ApiClient,
  clock: Clock,
  { change, expected, restored }: Save,
  signal: AbortSignal,
  observer = NOBODY,
): Promise<TimeoutSaveResult> {
  checkChange(change);
  const seen = parseExpected(expected);
  const now = (raw: RawTimeout): IdleTimeout => toIdleTimeout(raw, nowIso(clock));
  const current = await readRaw(client, signal);
  await observer.read(current);
  if (!isDeepStrictEqual(current, seen)) return { kind: 'changed-meanwhile', current: now(current) };

  const wanted = { ...current, ...unknownFields(restored ?? {}), ...knownFields(change) };
  if (change.enabled && typeof wanted['idleTokenTimeoutSeconds'] !== 'number') {
    throw failure('invalid-input', 'An idle timeout that is on needs a time.');
  }
  const lost = await put(client, wanted, signal);
  if (!lost) await observer.written(wanted);
  const after = await readBack(client, signal);
  if (isAsSent(wanted, after)) {
    if (lost) await observer.written(after);
    return { kind: 'saved', value: now(after) };
  }
  await observer.read(after);
  // The answer was lost, and the change with it.
  if (lost && isDeepStrictEqual(after, current)) throw lost;
  return { kind: 'not-as-sent', value: now(after) };
}

/**
 * What `saveTimeout` would find, without saving: the value that the change is about, or that it is another by now.
 * @throws as `saveTimeout`, before anything is sent
 */
export async function compareTimeout(
  client: ApiClient,
  clock: Clock,
  { change, expected }: Omit<Save, 'restored'>,
  signal: AbortSignal,
  observer = NOBODY,
): Promise<
  | { readonly kind: 'changed-meanwhile'; readonly current: IdleTimeout }
  | { readonly kind: 'same'; readonly current: IdleTimeout }
> {
  checkChange(change);
  const seen = parseExpected(expected);
  const raw = await readRaw(client, signal);
  await observer.read(raw);
  const current = toIdleTimeout(raw, nowIso(clock));
  return { kind: isDeepStrictEqual(raw, seen) ? 'same' : 'changed-meanwhile', current };
}

async function readRaw(client: ApiClient, signal: AbortSignal): Promise<RawTimeout> {
  return (await client.request({ method: 'GET', path: PATH, schema: rawTimeout }, signal)).body;
}

/** What refuses a call says that nothing was changed; what was sent before it may have been. */
const REFUSALS: readonly ErrorCode[] = ['bad-request', 'forbidden', 'not-found', 'conflict', 'rate-limited'];

async function readBack(client: ApiClient, signal: AbortSignal): Promise<RawTimeout> {
  try {
    return await readRaw(client, signal);
  } catch (error) {
    if (!(error instanceof ApiError) || !REFUSALS.includes(error.error.code)) throw error;
    const message = `The change was sent; whether it is saved could not be read back: ${error.error.message}`;
    throw new ApiError({ ...error.error, code: 'server-failed', message });
  }
}

/**
 * @returns the error when it is not known whether the PUT was carried out: reading back decides. Its answer is the value
 * by the vendor's description; anything else may come from something in between.
 */
async function put(client: ApiClient, body: RawTimeout, signal: AbortSignal): Promise<ApiError | null> {
  try {
    await client.request({ method: 'PUT', path: PATH, body, schema: rawTimeout }, signal);
    return null;
  } catch (error) {
    const unknown = ['offline', 'timed-out', 'server-failed', 'unexpected-answer', 'portal', 'not-trusted'];
    if (error instanceof ApiError && unknown.includes(error.error.code)) return error;
    throw error;
  }
}

function checkChange({ seconds, groups }: TimeoutChange): void {
  if (seconds !== null && !isLegalTimeout(seconds)) {
    throw failure(
      'invalid-input',
      `The idle timeout must be a whole number of seconds from ${TIMEOUT_MIN_SECONDS} to ${TIMEOUT_MAX_SECONDS}.`,
    );
  }
  const problems = bundleProblems(groups?.bundles ?? []);
  if (problems.length > 0)
    throw failure('invalid-input', `The group timeouts cannot be saved: ${problems.join(', ')}.`);
}

function parseExpected(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw failure('invalid-input', 'What was seen before is not valid JSON.');
  }
}
