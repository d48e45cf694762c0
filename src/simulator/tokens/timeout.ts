import { z } from 'zod';
import { badRequest } from '../http/answers.ts';
import type { Org, OrgUser } from '../org/org.ts';
import type { Settings } from '../options.ts';

const MIN_SECONDS = 300;
const MAX_SECONDS = 28_800;
/** "HIPAA orgs may be held to 15 minutes" (model text since June 2026). */
const HIPAA_MAX_SECONDS = 900;

const unit = z.enum(['Minutes', 'Hours']);
const seconds = z.int().min(MIN_SECONDS).max(MAX_SECONDS);

const bundleSchema = z.object({
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
    'invalid.value',
  );
};

type Options = Pick<
  Settings,
  'hipaa' | 'putTimeout' | 'timeoutExtras' | 'idleTimeoutSeconds' | 'idleTimeoutEnabled'
>;

export const createTimeoutSetting = (org: Org, options: Options): TimeoutSetting => {
  const groupIds = new Set(org.groups.map((group) => group.id));
  const reception = org.groups.find((group) => group.name === 'Reception desks');
  let value: IdleTokenTimeout = {
    idleTokenTimeoutSeconds: options.idleTimeoutSeconds,
    enableIdleTokenTimeout: options.idleTimeoutEnabled,
    inactivityTimeoutUnit: options.idleTimeoutSeconds % 3600 === 0 ? 'Hours' : 'Minutes',
    inactivityTimeoutGroupsEnabled: true,
    inactivityTimeoutGroupBundles: reception
      ? [{ priority: 1, timeoutSeconds: 600, inactivityTimeoutUnit: 'Minutes', groups: [reception.id] }]
      : [],
  };
  let extras: Readonly<Record<string, unknown>> = options.timeoutExtras;

  const check = (next: IdleTokenTimeout): void => {
    const bundles = next.inactivityTimeoutGroupBundles;
    const unknown = bundles.flatMap((bundle) => bundle.groups).find((id) => !groupIds.has(id));
    if (unknown !== undefined) throw badRequest(`Group ${unknown} does not exist.`, 'invalid.value');
    if (new Set(bundles.map((bundle) => bundle.priority)).size < bundles.length)
      throw badRequest('Two group timeouts have the same priority.', 'invalid.value');
    const longest = Math.max(next.idleTokenTimeoutSeconds, ...bundles.map((bundle) => bundle.timeoutSeconds));
    if (options.hipaa && next.enableIdleTokenTimeout && longest > HIPAA_MAX_SECONDS)
      throw badRequest(
        `HIPAA: the idle timeout may be at most ${HIPAA_MAX_SECONDS} seconds.`,
        'invalid.value',
      );
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
      value = next;
      const known = Object.keys(options.timeoutExtras).filter((key) => key in sent);
      const kept = Object.fromEntries(known.map((key) => [key, sent[key]]));
      extras = options.putTimeout === 'replace' ? kept : { ...extras, ...kept };
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
