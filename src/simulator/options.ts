import { z } from 'zod';
import { DEMO_ORG } from './org/org.ts';

/**
 * How the simulated API behaves. Where Genesys Cloud's own behaviour is not documented, a switch stands here, and its
 * default is what seems most likely.
 */
export const optionsSchema = z.strictObject({
  seed: z.int().min(0).max(0xffff_ffff).default(DEMO_ORG.seed),
  /** At least 50, so that the users made for a purpose are there. */
  users: z.int().min(50).max(200_000).default(DEMO_ORG.users),
  /** Port of the API; 0 takes a free one. */
  port: z.int().min(0).max(65_535).default(0),
  /** Port of the login host; 0 takes a free one. */
  loginPort: z.int().min(0).max(65_535).default(0),
  /** Calls per token in a window (Genesys' documented default: 300 a minute). */
  limit: z.int().min(1).max(100_000).default(300),
  windowSeconds: z.number().positive().max(3600).default(60),
  /** Added to each answer, ms; drawn evenly between the two. */
  latency: z
    .tuple([z.number().min(0).max(60_000), z.number().min(0).max(60_000)])
    .refine(([from, to]) => from <= to, 'must go from the smaller to the greater')
    .default([0, 0]),
  /** Calls of `POST /oauth/token` in a window; null for no limit. */
  loginLimit: z.int().min(1).max(100_000).nullable().default(null),
  /** Access token lifetime, s: an OAuth client may have 300 to 172,800, and 24 h when it does not say. */
  tokenSeconds: z.int().min(1).max(172_800).default(86_400),
  /** Staff said 10 in 2017: the eleventh token of a user ends the first. */
  maxTokensPerUser: z.int().min(1).max(1000).default(10),
  /** Success of revoking a user's tokens is 204; 200 is what older descriptions had. */
  revokeStatus: z.union([z.literal(200), z.literal(204)]).default(204),
  revokeUnknownUser: z.union([z.literal(404), z.literal(204)]).default(404),
  /** A deleted user is gone for most of the API, so 404 seems likelier than success. */
  revokeDeletedUser: z.union([z.literal(404), z.literal(204)]).default(404),
  revokeWithoutTokens: z.enum(['ok', 'not-found']).default('ok'),
  putTimeout: z.enum(['replace', 'merge']).default('replace'),
  /** Fields of the idle timeout that a future API may have: kept when sent back, lost when not. */
  timeoutExtras: z.record(z.string(), z.json()).default({}),
  /** Fields of the idle timeout that PUT takes and does not keep, as an org in the middle of a rollout may. */
  putTimeoutDrops: z.array(z.string()).default([]),
  /**
   * Group timeouts at the start, groups by name or by id; null for one of ten minutes. An id need not exist: its group
   * may have been deleted since.
   */
  timeoutBundles: z
    .array(z.looseObject({ priority: z.int(), timeoutSeconds: z.int(), groups: z.array(z.string()) }))
    .nullable()
    .default(null),
  /** Whether PUT takes a bundle with a deleted group that was there before. */
  putTimeoutDeletedGroups: z.enum(['accept', 'refuse']).default('accept'),
  /** Idle timeout at the start. */
  idleTimeoutSeconds: z.int().min(300).max(28_800).default(7200),
  idleTimeoutEnabled: z.boolean().default(true),
  /** HIPAA orgs may be held to 900 s. */
  hipaa: z.boolean().default(false),
  clientCredentialsCanAskPermissions: z.boolean().default(true),
  /** Whether an `expand` that there is not is refused; its own text says that expanding is best effort. */
  unknownExpand: z.enum(['refuse', 'ignore']).default('refuse'),
  /** More is `too.many.search.criteria`; how many that is, is not documented. */
  maxSearchCriteria: z.int().min(1).max(1000).default(50),
  /** Whether searches are held to the documented calls in 60 seconds by their types. */
  searchRates: z.boolean().default(true),
  /** Organizations do not enforce the scopes of OAuth clients unless an administrator turns that on. */
  enforceScopes: z.boolean().default(false),
  /** Scopes of the public client; null for what the app's guide names. */
  clientScopes: z.array(z.string()).nullable().default(null),
  /** An answer that would be larger is refused with `response.entity.too.large`; null for no limit. */
  responseBytesMax: z.int().min(1000).nullable().default(null),
  /** What users sign in with: their address, or a name of its own, as in orgs with single sign-on. */
  usernames: z.enum(['address', 'own']).default('address'),
  /** Whether a search that asks for deleted users gets them. */
  searchFindsDeleted: z.boolean().default(true),
  /** False: every call is refused as if its address were outside the org's allowlist. */
  ipAllowed: z.boolean().default(true),
});

export type SimulatorOptions = z.input<typeof optionsSchema>;
export type Settings = z.output<typeof optionsSchema>;
