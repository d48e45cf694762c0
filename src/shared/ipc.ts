import type { EventName, Events } from './events.ts';
import type { AppSnapshot, Settings } from './app.ts';
import type {
  Connection,
  SecretInput,
  SessionState,
  SignInRequest,
  TokenDetails,
  VerifyResult,
} from './connection.ts';
import type { KeepOutKey, KeepOutRequest, KeepOutSummary } from './keep-out.ts';
import type { ListPreview } from './list.ts';
import type { DirectoryAnswer, DirectoryNames, EntryKind, FoundPeople, FoundPerson } from './directory.ts';
import type {
  DecidedPlan,
  PlanRow,
  PlanSummary,
  ProtectedEntry,
  ProtectedStatus,
  ReviewDecision,
  SavedPlan,
  Selection,
} from './plan.ts';
import type { DataPlace, RemovalRequest, RemovalResult, RunsFolder, RunsFolderChange } from './data.ts';
import type { ProxySignInRequest } from './proxy.ts';
import type { Result } from './result.ts';
import type { Page, RowBlock } from './row-blocks.ts';
import type {
  OutcomeRow,
  ReportFormat,
  RunProgress,
  RunStartRequest,
  RunSummary,
  RunTimeline,
  RunVerifications,
} from './run.ts';
import type {
  FoundGroups,
  FoundUsers,
  GroupInfo,
  IdleTimeout,
  TimeoutHistory,
  TimeoutSave,
  TimeoutSaveResult,
  UserWithGroups,
} from './timeout.ts';
import type { KeptRecord, TriageAnswer, TriageAsk, TriageFinding, TriageRevoked } from './triage.ts';

interface Call<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

/** One entry of the contract: a name at run time, a signature for the compiler. */
const call = <Input, Output>(): Call<Input, Output> => ({}) as Call<Input, Output>;

/** Main asks the person first, in a dialog of its own, where the call would destroy something; null when they declined. */
const asked = <Input, Output>(): Call<Input, Output | null> => call();

/** Main shows the save dialog; the path written, or null when the person closed it. */
const saves = <Input>(): Call<Input, { path: string } | null> => call();

/** Every call of the renderer to main: name, what goes in, what comes back. Input `null` means "nothing". */
const CALLS = {
  'app.snapshot': call<null, AppSnapshot>(),
  'app.copyText': call<{ text: string }, null>(),
  /** The password of the proxy that asks for one; it goes nowhere else. Main asks first; declined, nothing was sent. */
  'proxy.signIn': call<ProxySignInRequest, null>(),
  'settings.update': call<Partial<Settings>, Settings>(),

  /** Of a file that was exported since the app started, and no other. */
  'exports.show': call<{ path: string }, null>(),
  'exports.open': call<{ path: string }, null>(),

  'storage.runsFolder': call<null, RunsFolder>(),
  /** Shows it in the system's file manager. */
  'storage.openRunsFolder': call<null, null>(),
  /** Main shows the folder dialog; null when the person closed it. Former runs stay where they are. */
  'storage.changeRunsFolder': call<{ to: 'chosen' | 'default' }, RunsFolderChange | null>(),
  /** What the app keeps on this computer, and where. */
  'storage.places': call<null, readonly DataPlace[]>(),
  'storage.remove': asked<RemovalRequest, RemovalResult>(),
  /** Ends the app and starts it anew. */
  'storage.restart': call<null, null>(),

  /** Main asks first when a custom host gets the secret, or another login page opens beside one that is open. */
  'connections.signIn': asked<SignInRequest, SessionState>(),
  /** Signs in again with what the keychain holds. */
  'connections.switchTo': call<{ connectionId: string }, SessionState>(),
  'connections.rename': call<{ connectionId: string; label: string }, readonly Connection[]>(),
  /** Ends a sign-in that is going on; it answers `cancelled`. */
  'connections.cancelSignIn': call<null, null>(),
  /** The login page that a sign-in waits for: once more in the browser, or its address on the clipboard. */
  'connections.loginPage': call<{ to: 'browser' | 'clipboard' }, null>(),
  /** Tries again to put the session's secret into the keychain. */
  'connections.keepSecret': call<null, SessionState>(),
  /** Deletes the connection and its keychain items; with `revokeToken` its token is ended first, or nothing happens. */
  'connections.remove': asked<{ connectionId: string; revokeToken: boolean }, readonly Connection[]>(),
  /** Forgets the token here; it stays valid at Genesys Cloud. Main asks first when the keychain's copy goes. */
  'connections.signOut': asked<null, SessionState>(),

  /** Leaves the idle countdown alone; with `whole` user and permissions are asked for too, and that is use. */
  'token.refresh': call<{ whole: boolean }, TokenDetails>(),
  'token.verify': call<null, VerifyResult>(),
  /** Ends the current token at Genesys Cloud, then forgets it. */
  'token.revoke': asked<null, SessionState>(),

  /** Looks for tokens in a text. What an earlier call found is forgotten. */
  'triage.find': call<SecretInput, TriageFinding>(),
  /** Asks the regions whether they accept a token, and the one that does everything about it. */
  'triage.ask': asked<TriageAsk, TriageAnswer>(),
  /** Ends exactly that token, and checks that it is dead. */
  'triage.revoke': asked<{ tokenId: string }, TriageRevoked>(),
  /** Forgets every token that was found. */
  'triage.close': call<null, null>(),
  'triage.saveRecord': saves<{ text: string }>(),
  /** Keeps it beside the runs, in the place of an earlier one about that token. */
  'triage.keepRecord': call<{ tokenId: string; text: string }, KeptRecord>(),
  /** Newest first. */
  'triage.records': call<null, readonly KeptRecord[]>(),
  'triage.exportRecord': saves<{ recordId: string }>(),
  'triage.deleteRecord': asked<{ recordId: string }, readonly KeptRecord[]>(),

  'list.fromText': call<{ text: string }, ListPreview>(),
  /** Main shows the open dialog and reads the file; null when the person closed the dialog. */
  'list.fromDialog': call<null, ListPreview | null>(),
  /** A file dropped on the window. */
  'list.fromFile': call<{ name: string; bytes: Uint8Array }, ListPreview>(),
  /** Another sheet of the workbook that a list was read from; a list of its own. */
  'list.fromSheet': call<{ listId: string; sheet: number }, ListPreview>(),
  /** Ends the reading of a list; its call answers `cancelled`. */
  'list.cancelReading': call<null, null>(),
  /** A list of people of the demo organisation, to try with. */
  'list.demo': call<null, ListPreview>(),

  'plan.resolve': call<Selection, PlanSummary>(),
  'plan.cancelResolving': call<null, null>(),
  'plan.rows': call<{ planId: string } & Page, readonly PlanRow[]>(),
  /** The same rows field by field, as a long table has them (docs/decisions/table.md). */
  'plan.packedRows': call<{ planId: string } & Page, RowBlock>(),
  /** Applies a decision of the review; the plan that it was made about is gone afterwards. */
  'plan.decide': call<{ planId: string; decision: ReviewDecision }, DecidedPlan>(),
  /** Whom an ambiguous row can mean, with what tells them apart. */
  'plan.candidates': call<{ planId: string; row: number }, readonly FoundPerson[]>(),
  'plan.save': saves<{ planId: string }>(),
  /** Main shows the open dialog; null when the person closed it. A plan of another org is refused. */
  'plan.open': call<null, SavedPlan | null>(),

  /** At most 25 whose name holds the text; all names when it is empty. */
  'directory.search': call<{ kind: EntryKind; text: string }, DirectoryAnswer>(),
  /** The names of divisions, groups and roles, to find them by typing. */
  'directory.names': call<null, DirectoryNames>(),
  /** People by what is typed, one call; a newer one cancels the one before, which answers `cancelled`. */
  'directory.searchUsers': call<{ text: string }, FoundPeople>(),
  /** How many users the org has. */
  'directory.counts': call<null, { readonly active: number | null; readonly inactive: number | null }>(),

  /** Whom no run of that connection touches. */
  'protected.list': call<{ connectionId: string }, readonly ProtectedEntry[]>(),
  /** Main asks first when an entry goes. */
  'protected.save': asked<
    { connectionId: string; entries: readonly ProtectedEntry[] },
    readonly ProtectedEntry[]
  >(),
  /** Keeps a list that cannot be read under another name, and begins an empty one. */
  'protected.reset': asked<{ connectionId: string }, readonly ProtectedEntry[]>(),
  /** Asks the directory what each entry of the connection in use stands for now. */
  'protected.check': call<null, readonly ProtectedStatus[]>(),

  /** Main asks first, but for a dry run. */
  'runs.start': asked<RunStartRequest, RunProgress>(),
  'runs.pause': call<{ runId: string }, RunProgress>(),
  /** Main asks first when another connection goes on with it. */
  'runs.continue': asked<{ runId: string }, RunProgress>(),
  'runs.cancel': call<{ runId: string }, RunProgress>(),
  /** Goes on with an interrupted run: exactly the users without an outcome. */
  'runs.resume': asked<{ runId: string }, RunProgress>(),
  /** Ends an interrupted run for good: who has no outcome is not attempted. The reason stands in the journal. */
  'runs.close': asked<{ runId: string; reason: string }, readonly RunSummary[]>(),
  'runs.progress': call<{ runId: string }, RunProgress>(),
  'runs.list': call<null, readonly RunSummary[]>(),
  /** Counts by time, never one entry per user. */
  'runs.timeline': call<{ runId: string }, RunTimeline>(),
  'runs.outcomes': call<{ runId: string } & Page, readonly OutcomeRow[]>(),
  /**
   * The beginning of a stored report, while its record is still read and checked: what can be told at once, and nothing
   * where all of it can be (docs/decisions/table.md).
   */
  'runs.firstOutcomes': call<{ runId: string }, readonly OutcomeRow[]>(),
  /** The same rows field by field, as a long table has them (docs/decisions/table.md). */
  'runs.packedOutcomes': call<{ runId: string } & Page, RowBlock>(),
  'runs.export': saves<{ runId: string; format: ReportFormat }>(),
  /** The users of a run who were not revoked, as a list to choose from; a run of it names its parent. */
  'runs.retryList': call<{ runId: string }, ListPreview>(),
  /** Asks who of the revoked has got a token since, a hundred a call, and keeps the answer beside the journal. */
  'runs.verify': call<{ runId: string }, RunVerifications>(),
  /** Ends a verification that is going on; it answers `cancelled`, and nothing is kept. */
  'runs.cancelVerify': call<null, null>(),
  'runs.verifications': call<{ runId: string }, RunVerifications>(),
  /** Those whom the last check found signed in again, as a list to choose from; a run of it names its parent. */
  'runs.againList': call<{ runId: string }, ListPreview>(),
  'runs.delete': asked<{ runId: string }, readonly RunSummary[]>(),

  /** Revokes those users again whenever they sign in, for that time: main asks once for all of it. */
  'keepOut.start': asked<KeepOutRequest, KeepOutSummary>(),
  /** Goes on with one that was interrupted. */
  'keepOut.resume': asked<KeepOutKey, KeepOutSummary>(),
  'keepOut.stop': call<KeepOutKey, KeepOutSummary>(),
  'keepOut.pause': call<KeepOutKey, KeepOutSummary>(),
  'keepOut.continue': call<KeepOutKey, KeepOutSummary>(),
  /** Of that run, newest first; with null those of all runs that go on, or can. */
  'keepOut.list': call<{ runId: string | null }, readonly KeepOutSummary[]>(),
  /** Everybody who is or was kept out, newest first. */
  'keepOut.all': call<null, readonly KeepOutSummary[]>(),

  'timeout.read': call<null, IdleTimeout>(),
  'timeout.save': asked<TimeoutSave, TimeoutSaveResult>(),
  /** Every value of this connection's org that this app has read or written. */
  'timeout.history': call<null, TimeoutHistory>(),
  'timeout.exportHistory': saves<null>(),
  /** Which timeout applies follows from the groups. */
  'timeout.user': call<{ userId: string }, UserWithGroups>(),

  /** At most 20 of `total`, found by name, email or id. */
  'users.find': call<{ text: string }, FoundUsers>(),
  /** At most 25 of `total`, found by name. */
  'groups.search': call<{ text: string }, FoundGroups>(),
  /** Those that exist; what is missing in the answer does not. */
  'groups.byIds': call<{ ids: readonly string[] }, readonly GroupInfo[]>(),
  /** Ids of the members; null when there are more than 2,000. */
  'groups.members': call<{ groupId: string }, readonly string[] | null>(),
} as const;

export type CallName = keyof typeof CALLS;
export type CallInput<K extends CallName> = (typeof CALLS)[K]['input'];
export type CallOutput<K extends CallName> = (typeof CALLS)[K]['output'];

/** For preload and router. */
export const CALL_NAMES = Object.keys(CALLS) as readonly CallName[];

/** What preload puts on `window.tokendesk`: one function per call, one subscription per event. */
export interface Bridge {
  readonly call: { readonly [K in CallName]: (input: CallInput<K>) => Promise<Result<CallOutput<K>>> };
  /** @returns a function that ends the subscription. */
  readonly on: { readonly [K in EventName]: (listener: (payload: Events[K]) => void) => () => void };
}
