import { z } from 'zod';
import { badRequest } from '../http/answers.ts';
import type { Org, OrgUser } from '../org/org.ts';
import type { Settings } from '../options.ts';

const MIN_SECONDS = 300;
const MAX_SECONDS = 28_800;
/** "HIPAA orgs may be held to 15 minutes" (model text since June 2026). */
const HIPAA_MAX_SECONDS = 900;

const unit = z.enum(['Minutes', 'Hours']);
const seconds = z.int().min(MIN_SECONDS);

/** Loose: a bundle, too, may get fields in a future API. */
const bundleSchema = z.looseObject({
  priority: z.int().min(1).max(5),
  timeoutSeconds: seconds,
  inactivityTimeoutUnit: unit.optional(),
  groups: z.array(z.string()).min(1),
});

const timeoutSchema = z.looseObject({
  idleTokenTimeoutSeconds: seconds.optional(),
  enableIdleTokenTimeout: z.boolean().optional(),
  inactivityTimeoutUnit: unit.optional(),
  inactivityTimeoutGroupsEnabled: z.boolean().optional(),
  inactivityTimeoutGroupBundles: z.array(bundleSchema).max(5).optional(),
});

interface IdleTokenTimeout {
  readonly idleTokenTimeoutSeconds: number;
  readonly enableIdleTokenTimeout: boolean;
  readonly inactivityTimeoutUnit: 'Minutes' | 'Hours';
  readonly inactivityTimeoutGroupsEnabled: boolean;
  readonly inactivityTimeoutGroupBundles: readonly z.infer<typeof bundleSchema>[];
}

export interface TimeoutSetting {
  get(): IdleTokenTimeout & Readonly<Record<string, unknown>>;
  /** @throws {ApiFailure} 400 for a value that the API would refuse; nothing has changed then. */
  put(body: unknown): void;
  /** Seconds for that user's tokens (or a client's, when null); null when they do not idle out. */
  secondsFor(user: OrgUser | null): number | null;
}

/** What an omitted field becomes when PUT replaces; the model names no defaults. */
const DEFAULTS: IdleTokenTimeout = {
  idleTokenTimeoutSeconds: MIN_SECONDS,
  enableIdleTokenTimeout: false,
  inactivityTimeoutUnit: 'Minutes',
  inactivityTimeoutGroupsEnabled: false,
  inactivityTimeoutGroupBundles: [],
};

const parse = (body: unknown): z.infer<typeof timeoutSchema> => {
  const parsed = timeoutSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(
    `Invalid idle timeout: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    issue?.code === 'too_small' || issue?.code === 'too_big' ? 'constraint.validation' : 'invalid.value',
  );
};

/**
 * The description has two codes for too long a time, each in a form for HIPAA, and does not say which is whose: the
 * first is taken for the organization's own, the second for that of groups.
 * @throws {ApiFailure} 400
 */
const checkLongest = (next: IdleTokenTimeout, hipaa: boolean): void => {
  const most = hipaa && next.enableIdleTokenTimeout ? HIPAA_MAX_SECONDS : MAX_SECONDS;
  const rule = most === HIPAA_MAX_SECONDS ? 'HIPAA: the' : 'The';
  const ofGroups = Math.max(
    0,
    ...next.inactivityTimeoutGroupBundles.map(({ timeoutSeconds }) => timeoutSeconds),
  );
  if (next.idleTokenTimeoutSeconds > most)
    throw badRequest(
      `${rule} idle timeout may be at most ${most} seconds.`,
      most === HIPAA_MAX_SECONDS ? 'token.timeout.exceeded.hipaa' : 'token.timeout.exceeded',
    );
  if (ofGroups > most)
    throw badRequest(
      `${rule} idle timeout of a group may be at most ${most} seconds.`,
      most === HIPAA_MAX_SECONDS
        ? 'max.idle.hipaa.token.timeout.exceeded'
        : 'max.idle.token.timeout.exceeded',
    );
};

type Options = Pick<
  Settings,
  | 'hipaa'
  | 'putTimeout'
  | 'putTimeoutDrops'
  | 'putTimeoutDeletedGroups'
  | 'timeoutBundles'
  | 'timeoutExtras'
  | 'idleTimeoutSeconds'
  | 'idleTimeoutEnabled'
>;

const bundlesAtStart = (org: Org, { timeoutBundles }: Options): readonly z.infer<typeof bundleSchema>[] => {
  const bundles = timeoutBundles ?? [{ priority: 1, timeoutSeconds: 600, groups: ['Reception desks'] }];
  const idOf = (group: string): string => org.groups.find(({ name }) => name === group)?.id ?? group;
  return bundles.map((bundle) => ({
    inactivityTimeoutUnit: 'Minutes',
    ...bundle,
    groups: bundle.groups.map(idOf),
  }));
};

export const createTimeoutSetting = (org: Org, options: Options): TimeoutSetting => {
  const groupIds = new Set(org.groups.map((group) => group.id));
  let value: IdleTokenTimeout = {
    idleTokenTimeoutSeconds: options.idleTimeoutSeconds,
    enableIdleTokenTimeout: options.idleTimeoutEnabled,
    inactivityTimeoutUnit: options.idleTimeoutSeconds % 3600 === 0 ? 'Hours' : 'Minutes',
    inactivityTimeoutGroupsEnabled: true,
    inactivityTimeoutGroupBundles: bundlesAtStart(org, options),
  };
  let extras: Readonly<Record<string, unknown>> = options.timeoutExtras;

  const check = (next: IdleTokenTimeout): void => {
    const bundles = next.inactivityTimeoutGroupBundles;
    const before = value.inactivityTimeoutGroupBundles.flatMap(({ groups }) => groups);
    const allowed = new Set(options.putTimeoutDeletedGroups === 'accept' ? before : []);
    const unknown = bundles
      .flatMap((bundle) => bundle.groups)
      .find((id) => !groupIds.has(id) && !allowed.has(id));
    if (unknown !== undefined) throw badRequest(`Group ${unknown} does not exist.`, 'invalid.value');
    if (new Set(bundles.map((bundle) => bundle.priority)).size < bundles.length)
      throw badRequest('Two group timeouts have the same priority.', 'invalid.value');
    checkLongest(next, options.hipaa);
  };

  return {
    get: () => ({ ...value, ...extras }),
    put: (body) => {
      const sent = parse(body);
      const base = options.putTimeout === 'replace' ? DEFAULTS : value;
      const next: IdleTokenTimeout = {
        idleTokenTimeoutSeconds: sent.idleTokenTimeoutSeconds ?? base.idleTokenTimeoutSeconds,
        enableIdleTokenTimeout: sent.enableIdleTokenTimeout ?? base.enableIdleTokenTimeout,
        inactivityTimeoutUnit: sent.inactivityTimeoutUnit ?? base.inactivityTimeoutUnit,
        inactivityTimeoutGroupsEnabled:
          sent.inactivityTimeoutGroupsEnabled ?? base.inactivityTimeoutGroupsEnabled,
        inactivityTimeoutGroupBundles:
          sent.inactivityTimeoutGroupBundles ?? base.inactivityTimeoutGroupBundles,
      };
      check(next);
      const kept = Object.entries(value).filter(([name]) => options.putTimeoutDrops.includes(name));
      value = { ...next, ...Object.fromEntries(kept) };
      const known = Object.keys(options.timeoutExtras).filter((key) => key in sent);
      const back = Object.fromEntries(known.map((key) => [key, sent[key]]));
      extras = options.putTimeout === 'replace' ? back : { ...extras, ...back };
    },
    secondsFor: (user) => {
      if (!value.enableIdleTokenTimeout) return null;
      if (!user || !value.inactivityTimeoutGroupsEnabled) return value.idleTokenTimeoutSeconds;
      const mine = new Set(org.groupsOf(user).map((group) => group.id));
      const [first] = value.inactivityTimeoutGroupBundles
        .filter((bundle) => bundle.groups.some((id) => mine.has(id)))
        .sort((a, b) => a.priority - b.priority);
      return first?.timeoutSeconds ?? value.idleTokenTimeoutSeconds;
    },
  };
};
