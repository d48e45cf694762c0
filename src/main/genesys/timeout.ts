import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  TIMEOUT_MAX_SECONDS,
  TIMEOUT_MIN_SECONDS,
  type IdleTimeout,
  type TimeoutChange,
  type TimeoutSaveResult,
} from '../../shared/timeout.ts';
import type { Clock } from '../clock.ts';
import { AppFailure } from '../failure.ts';
import { ApiError } from './errors.ts';
import type { ApiClient } from './http.ts';

const unit = z.enum(['Minutes', 'Hours']).nullish().catch(null);

/** InactivityTimeoutGroupBundle. */
const groupBundle = z.looseObject({
  priority: z.number(),
  timeoutSeconds: z.number(),
  inactivityTimeoutUnit: unit,
  groups: z.array(z.string()),
});

/** IdleTokenTimeout. Read beside the raw object, which is what is sent back. */
export const idleTimeoutSchema = z.looseObject({
  idleTokenTimeoutSeconds: z.number().nullish(),
  enableIdleTokenTimeout: z.boolean().nullish(),
  inactivityTimeoutUnit: unit,
  inactivityTimeoutGroupsEnabled: z.boolean().nullish(),
  inactivityTimeoutGroupBundles: z.array(groupBundle).nullish(),
});

const PATH = '/api/v2/tokens/timeout';

type RawTimeout = Readonly<Record<string, unknown>>;
const rawTimeout = z
  .record(z.string(), z.unknown())
  .refine((value) => idleTimeoutSchema.safeParse(value).success, {
    error: 'The idle timeout has an unexpected shape.',
  });

/** The org's idle timeout. @throws ApiError */
export async function readTimeout(
  client: ApiClient,
  clock: Clock,
  signal: AbortSignal,
): Promise<IdleTimeout> {
  return toIdleTimeout(await readRaw(client, signal), clock);
}

/**
 * Saves a change: reads again, and sends nothing when somebody changed it since `expected` was read; PUTs the whole
 * object, so that fields this app does not know survive; reads back and compares.
 * @param expected the `json` that the person saw.
 * @throws AppFailure `invalid-input` before any call; ApiError when nothing was changed, or nothing is known.
 */
export async function saveTimeout(
  client: ApiClient,
  clock: Clock,
  { change, expected }: { readonly change: TimeoutChange; readonly expected: string },
  signal: AbortSignal,
): Promise<TimeoutSaveResult> {
  checkSeconds(change.seconds);
  const seen = parseExpected(expected);
  const current = await readRaw(client, signal);
  if (!isDeepStrictEqual(current, seen))
    return { kind: 'changed-meanwhile', current: toIdleTimeout(current, clock) };

  const wanted: RawTimeout = {
    ...current,
    enableIdleTokenTimeout: change.enabled,
    idleTokenTimeoutSeconds: change.seconds,
    inactivityTimeoutUnit: change.unit,
  };
  const lost = await put(client, wanted, signal);
  const after = await readRaw(client, signal);
  if (isAsSent(wanted, after)) return { kind: 'saved', value: toIdleTimeout(after, clock) };
  // The answer was lost, and the change with it.
  if (lost && isDeepStrictEqual(after, current)) throw lost;
  return { kind: 'not-as-sent', value: toIdleTimeout(after, clock) };
}

async function readRaw(client: ApiClient, signal: AbortSignal): Promise<RawTimeout> {
  return (await client.request({ method: 'GET', path: PATH, schema: rawTimeout }, signal)).body;
}

/** @returns the error when it is not known whether the PUT was carried out: reading back decides. */
async function put(client: ApiClient, body: RawTimeout, signal: AbortSignal): Promise<ApiError | null> {
  try {
    await client.request({ method: 'PUT', path: PATH, body, schema: null }, signal);
    return null;
  } catch (error) {
    const unknown = ['offline', 'timed-out', 'server-failed', 'unexpected-answer'];
    if (error instanceof ApiError && unknown.includes(error.error.code)) return error;
    throw error;
  }
}

/**
 * Whether every field that was sent came back. With the timeout off its length means nothing, and the API may leave it
 * out; its unit is for display only, and older orgs do not have it.
 */
function isAsSent(wanted: RawTimeout, after: RawTimeout): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    if (isDeepStrictEqual(after[name], value)) return true;
    if (after[name] !== undefined && after[name] !== null) return false;
    return (
      name === 'inactivityTimeoutUnit' ||
      (name === 'idleTokenTimeoutSeconds' && wanted['enableIdleTokenTimeout'] === false)
    );
  });
}

function checkSeconds(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= TIMEOUT_MIN_SECONDS && seconds <= TIMEOUT_MAX_SECONDS) return;
  throw new AppFailure({
    code: 'invalid-input',
    message: `The idle timeout must be a whole number of seconds from ${TIMEOUT_MIN_SECONDS} to ${TIMEOUT_MAX_SECONDS}.`,
  });
}

function parseExpected(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new AppFailure({ code: 'invalid-input', message: 'What was seen before is not valid JSON.' });
  }
}

function toIdleTimeout(raw: RawTimeout, clock: Clock): IdleTimeout {
  const known = idleTimeoutSchema.parse(raw);
  return {
    enabled: known.enableIdleTokenTimeout ?? null,
    seconds: known.idleTokenTimeoutSeconds ?? null,
    unit: known.inactivityTimeoutUnit ?? null,
    groupsEnabled: known.inactivityTimeoutGroupsEnabled ?? null,
    groupBundles: (known.inactivityTimeoutGroupBundles ?? []).map((bundle) => ({
      priority: bundle.priority,
      timeoutSeconds: bundle.timeoutSeconds,
      unit: bundle.inactivityTimeoutUnit ?? null,
      groupIds: bundle.groups,
    })),
    json: JSON.stringify(raw, null, 2),
    readAt: new Date(clock.now()).toISOString(),
  };
}
