import { z } from 'zod';
import type { CallInput, CallName } from '../../shared/ipc.ts';
import { KEEP_OUT_MINUTES } from '../../shared/keep-out.ts';
import { MAX_DETAIL_COLUMNS } from '../../shared/list.ts';
import { REGIONS } from '../../shared/regions.ts';
import { settingsChange } from '../app/settings.ts';
import { MAX_PROTECTED, protectedEntry } from '../protected-users/store.ts';
import { isSmallObject } from './input-problems.ts';

const nothing = z.null();
const id = z.string().min(1).max(200);
const label = z.string().trim().min(1).max(100);
/** Without a name of its own a connection is called what its org is called. */
const optionalLabel = label.or(z.literal(''));
const byConnection = z.strictObject({ connectionId: id });
const byPath = z.strictObject({ path: z.string().min(1).max(4_096) });
const byRecord = z.strictObject({ recordId: id });
const byToken = z.strictObject({ tokenId: id });
const byRun = z.strictObject({ runId: id });
const byKeepOut = z.strictObject({ runId: id, keepOutId: id });
/** No message is unbounded: a reader asks for the next page. */
const page = { from: z.int().min(0), count: z.int().min(1).max(10_000) };

const MEBIBYTE = 1024 * 1024;

/** The length is looked at first: parsing an address of megabytes takes its time. */
const httpsAddress = z
  .string()
  .max(300)
  .refine((text) => /^https:/i.test(text) && URL.canParse(text), 'must be an https address');

const region = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('genesys'), id: z.enum(REGIONS.map((r) => r.id)) }),
  z.strictObject({
    kind: z.literal('custom'),
    apiBase: httpsAddress,
    loginBase: httpsAddress,
  }),
  z.strictObject({ kind: z.literal('demo') }),
]);

const secret = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('typed'), value: z.string().min(1).max(8192) }),
  z.strictObject({ from: z.literal('clipboard') }),
]);

const signIn = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('demo') }),
  z.strictObject({
    method: z.literal('client-credentials'),
    region,
    clientId: z.string().trim().min(1).max(200),
    clientSecret: secret,
    label: optionalLabel,
    remember: z.boolean(),
  }),
  z.strictObject({
    method: z.literal('access-token'),
    region,
    token: secret,
    label: optionalLabel,
    remember: z.boolean(),
  }),
  z.strictObject({
    method: z.literal('pkce'),
    region,
    clientId: z.string().trim().min(1).max(200),
    promptLogin: z.boolean(),
    sso: z
      .strictObject({
        organization: z.string().trim().min(1).max(200),
        provider: z.string().trim().min(1).max(200),
      })
      .nullable(),
    label: optionalLabel,
    remember: z.boolean(),
  }),
]);

const name = z.string().max(300);
const day = z.iso.date();
const moment = { day, time: z.iso.time({ precision: -1 }).exactOptional() };
const noToken = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('since'), ...moment }),
  z.strictObject({ kind: z.literal('never') }),
]);
const tokenRule = z.discriminatedUnion('kind', [
  ...noToken.options,
  z.strictObject({ kind: z.literal('before'), ...moment }),
]);
const listColumn = z.int().min(0).max(1000);
const source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('list'),
    listId: id,
    column: listColumn,
    details: z.array(listColumn).max(MAX_DETAIL_COLUMNS).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('user'), id: z.guid(), name }),
  z.strictObject({
    kind: z.literal('search'),
    field: z.enum(['any', 'name-or-email', 'name', 'email', 'department', 'title']),
    // An empty one would find everybody; "everyone" is a source of its own.
    text: z.string().trim().min(1).max(200),
  }),
  z.strictObject({ kind: z.literal('state'), state: z.enum(['active', 'inactive']) }),
  z.strictObject({ kind: z.literal('division'), id, name, inactive: z.boolean() }),
  z.strictObject({ kind: z.literal('group'), id, name }),
  z.strictObject({ kind: z.literal('role'), id, name }),
  z.strictObject({ kind: z.literal('token'), rule: tokenRule, inactive: z.boolean() }),
  z.strictObject({ kind: z.literal('plan'), savedPlanId: id }),
  z.strictObject({ kind: z.literal('everyone'), inactive: z.boolean() }),
]);
/** People are sources one by one. */
const sources = z.array(source).max(500);

const MOST_ROWS = 10_000_000;
const rowIndex = z.int().min(0).max(MOST_ROWS);
/** Every second row of 400,000 is the worst that a person can choose. */
const rows = z
  .array(z.tuple([rowIndex, z.int().min(1).max(MOST_ROWS)]))
  .min(1)
  .max(200_000);
const reviewDecision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep-back'), rows }),
  z.strictObject({ kind: z.literal('only'), rows }),
  z.strictObject({ kind: z.literal('as-found'), rows }),
  z.strictObject({ kind: z.literal('protect'), rows }),
  z.strictObject({ kind: z.literal('choose'), row: rowIndex, userId: z.guid().nullable() }),
]);

/** From two characters on: one finds half the org. */
const searchText = z.string().trim().min(2).max(200);

const timeoutUnit = z.enum(['Minutes', 'Hours']).nullable();
const timeoutChange = z.strictObject({
  enabled: z.boolean(),
  seconds: z.int().nullable(),
  unit: timeoutUnit,
  groups: z
    .strictObject({
      enabled: z.boolean(),
      bundles: z
        .array(
          z.strictObject({
            priority: z.int(),
            timeoutSeconds: z.int(),
            unit: timeoutUnit,
            groupIds: z.array(id).max(1000),
            // Fields of the API that this app does not know: few and small, or they are none.
            other: z.custom<Readonly<Record<string, unknown>>>(isSmallObject, 'is not small').exactOptional(),
          }),
        )
        .max(5),
    })
    .exactOptional(),
});

/** What each call accepts. Everything that crosses from the window is parsed here, first. */
export const INPUTS: { readonly [K in CallName]: z.ZodType<CallInput<K>> } = {
  'app.snapshot': nothing,
  'app.copyText': z.strictObject({ text: z.string().max(16 * MEBIBYTE) }),
  'exports.show': byPath,
  'exports.open': byPath,
  'proxy.signIn': z.strictObject({
    user: z.string().min(1).max(256),
    password: z.string().max(1_024),
    remember: z.boolean(),
  }),
  'settings.update': settingsChange,

  'data.runsFolder': nothing,
  'data.openRunsFolder': nothing,
  'data.changeRunsFolder': z.strictObject({ to: z.enum(['chosen', 'default']) }),
  'data.places': nothing,
  'data.remove': z.strictObject({
    confirmation: z.string().max(100),
    revokeTokens: z.boolean(),
    runs: z.boolean(),
  }),
  'data.restart': nothing,

  'connections.signIn': signIn,
  'connections.switchTo': byConnection,
  'connections.rename': z.strictObject({ connectionId: id, label }),
  'connections.cancelSignIn': nothing,
  'connections.loginPage': z.strictObject({ to: z.enum(['browser', 'clipboard']) }),
  'connections.keepSecret': nothing,
  'connections.remove': z.strictObject({ connectionId: id, revokeToken: z.boolean() }),
  'connections.signOut': nothing,

  'token.refresh': z.strictObject({ whole: z.boolean() }),
  'token.verify': nothing,
  'token.revoke': nothing,

  'triage.find': z.discriminatedUnion('from', [
    z.strictObject({ from: z.literal('typed'), value: z.string().min(1).max(1_000_000) }),
    z.strictObject({ from: z.literal('clipboard') }),
  ]),
  'triage.ask': z.strictObject({
    tokenId: id,
    regions: z.array(region).min(1).max(REGIONS.length),
    agreedHosts: z.array(z.string().max(300)).max(REGIONS.length),
  }),
  'triage.verify': byToken,
  'triage.revoke': byToken,
  'triage.close': nothing,
  'triage.saveRecord': z.strictObject({ text: z.string().min(1).max(MEBIBYTE) }),
  'triage.keepRecord': z.strictObject({ tokenId: id, text: z.string().min(1).max(MEBIBYTE) }),
  'triage.records': nothing,
  'triage.exportRecord': byRecord,
  'triage.deleteRecord': byRecord,

  'list.fromText': z.strictObject({ text: z.string().max(20 * MEBIBYTE) }),
  'list.fromDialog': nothing,
  'list.fromFile': z.strictObject({
    name: z.string().max(500),
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= 20 * MEBIBYTE, 'larger than 20 MB'),
  }),

  'list.fromSheet': z.strictObject({ listId: id, sheet: z.int().min(0).max(1_000) }),
  'list.cancelReading': nothing,
  'list.demo': nothing,

  'plan.resolve': z.strictObject({
    include: sources,
    exclude: sources,
    keepBack: z.strictObject({ noToken: noToken.nullable(), onCall: z.boolean() }).exactOptional(),
    includeYourself: z.boolean().exactOptional(),
    readAgain: z.boolean().exactOptional(),
  }),
  'plan.cancelResolving': nothing,
  'plan.rows': z.strictObject({ planId: id, ...page }),
  'plan.packedRows': z.strictObject({ planId: id, ...page }),
  'plan.decide': z.strictObject({ planId: id, decision: reviewDecision }),
  'plan.candidates': z.strictObject({ planId: id, row: rowIndex }),
  'plan.save': z.strictObject({ planId: id }),
  'plan.open': nothing,

  'directory.find': z.strictObject({
    kind: z.enum(['division', 'group', 'role']),
    text: z.string().trim().max(200),
  }),
  'directory.names': nothing,
  'directory.findPeople': z.strictObject({ text: searchText }),
  'directory.counts': nothing,

  'protected.list': byConnection,
  'protected.save': z.strictObject({
    connectionId: id,
    entries: z.array(protectedEntry).max(MAX_PROTECTED),
  }),
  'protected.startOver': byConnection,
  'protected.check': nothing,

  'runs.start': z.strictObject({
    planId: id,
    dryRun: z.boolean(),
    reason: z.string().trim().max(500),
    ticket: z.string().trim().max(100),
    confirmation: z.string().max(300),
  }),
  'runs.pause': byRun,
  'runs.continue': byRun,
  'runs.cancel': byRun,
  'runs.resume': byRun,
  'runs.close': z.strictObject({ runId: id, reason: z.string().trim().max(500) }),
  'runs.progress': byRun,
  'runs.list': nothing,
  'runs.timeline': byRun,
  'runs.outcomes': z.strictObject({ runId: id, ...page }),
  'runs.packedOutcomes': z.strictObject({ runId: id, ...page }),
  'runs.export': z.strictObject({ runId: id, format: z.enum(['csv', 'json', 'html']) }),
  'runs.retryList': byRun,
  'runs.verify': byRun,
  'runs.cancelVerify': nothing,
  'runs.verifications': byRun,
  'runs.againList': byRun,
  'runs.delete': byRun,
  'keepOut.start': z.strictObject({
    runId: id,
    who: z.enum(['again', 'revoked']),
    minutes: z.literal(KEEP_OUT_MINUTES),
  }),
  'keepOut.resume': byKeepOut,
  'keepOut.stop': byKeepOut,
  'keepOut.pause': byKeepOut,
  'keepOut.continue': byKeepOut,
  'keepOut.list': z.strictObject({ runId: id.nullable() }),
  'keepOut.all': nothing,

  'timeout.read': nothing,
  'timeout.save': z.strictObject({
    change: timeoutChange,
    expected: z.string().max(MEBIBYTE),
    restore: id.exactOptional(),
  }),
  'timeout.history': nothing,
  'timeout.exportHistory': nothing,
  'timeout.user': z.strictObject({ userId: z.guid() }),

  'users.find': z.strictObject({ text: searchText }),
  // Empty: the first of all groups.
  'groups.search': z.strictObject({ text: z.string().trim().max(200) }),
  'groups.byIds': z.strictObject({ ids: z.array(id).max(1000) }),
  'groups.members': z.strictObject({ groupId: id }),
};
