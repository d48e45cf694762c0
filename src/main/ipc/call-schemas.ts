import { z } from 'zod';
import type { CallInput, CallName } from '../../shared/ipc.ts';
import { KEEP_OUT_MINUTES } from '../../shared/keep-out.ts';
import { REGIONS } from '../../shared/regions.ts';
import { settingsChange } from '../app/settings.ts';
import { MAX_PROTECTED, protectedEntry } from '../protected-users/store.ts';
import { id } from './schemas/common.ts';
import { label, region, signIn } from './schemas/connection.ts';
import { noToken, reviewDecision, rowIndex, sources } from './schemas/plan.ts';
import { timeoutChange } from './schemas/timeout.ts';

const nothing = z.null();
const byConnection = z.strictObject({ connectionId: id });
const byPath = z.strictObject({ path: z.string().min(1).max(4_096) });
const byRecord = z.strictObject({ recordId: id });
const byToken = z.strictObject({ tokenId: id });
const byRun = z.strictObject({ runId: id });
const byKeepOut = z.strictObject({ runId: id, keepOutId: id });
/** No message is unbounded: a reader asks for the next page. */
const page = { from: z.int().min(0), count: z.int().min(1).max(10_000) };

const MEBIBYTE = 1024 * 1024;

/** From two characters on: one finds half the org. */
const searchText = z.string().trim().min(2).max(200);

/** What each call accepts. Everything that crosses from the window is parsed here, first. */
export const CALL_SCHEMAS: { readonly [K in CallName]: z.ZodType<CallInput<K>> } = {
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

  'storage.runsFolder': nothing,
  'storage.openRunsFolder': nothing,
  'storage.changeRunsFolder': z.strictObject({ to: z.enum(['chosen', 'default']) }),
  'storage.places': nothing,
  'storage.remove': z.strictObject({
    confirmation: z.string().max(100),
    revokeTokens: z.boolean(),
    runs: z.boolean(),
  }),
  'storage.restart': nothing,

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

  'directory.search': z.strictObject({
    kind: z.enum(['division', 'group', 'role']),
    text: z.string().trim().max(200),
  }),
  'directory.names': nothing,
  'directory.searchUsers': z.strictObject({ text: searchText }),
  'directory.counts': nothing,

  'protected.list': byConnection,
  'protected.save': z.strictObject({
    connectionId: id,
    entries: z.array(protectedEntry).max(MAX_PROTECTED),
  }),
  'protected.reset': byConnection,
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
  'runs.firstOutcomes': byRun,
  'runs.outcomes': z.strictObject({ runId: id, ...page }),
  'runs.packedOutcomes': z.strictObject({ runId: id, ...page }),
  'runs.export': z.strictObject({ runId: id, format: z.enum(['csv', 'json', 'html', 'pdf']) }),
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
