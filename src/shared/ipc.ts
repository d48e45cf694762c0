import type { HelpPageId } from './help-pages.ts';
import type { AppSnapshot, KeychainState, RateState, Settings } from './app.ts';
import type {
  Connection,
  SecretInput,
  SessionState,
  SignInRequest,
  TokenDetails,
  VerifyResult,
} from './connection.ts';
import type { KeepOutKey, KeepOutRequest, KeepOutSummary } from './keep-out.ts';
import type { ListPreview, ListProgress } from './list.ts';
import type {
  DecidedPlan,
  DirectoryAnswer,
  DirectoryNames,
  EntryKind,
  FoundPeople,
  FoundPerson,
  PlanProgress,
  PlanRow,
  PlanSummary,
  ProtectedEntry,
  ProtectedStatus,
  ReviewDecision,
  SavedPlan,
  Selection,
} from './plan.ts';
import type { DataPlace, RemovalRequest, RemovalResult, RunsFolder, RunsFolderChange } from './data.ts';
import type { ProxyAsking, ProxySignInRequest } from './proxy.ts';
import type { Result } from './result.ts';
import type { SettingId } from './settings-list.ts';
import type {
  OutcomeRow,
  ReportFormat,
  RunProgress,
  RunStartRequest,
  RunSummary,
  RunTimeline,
  RunVerifications,
  VerificationProgress,
} from './run.ts';
import type {
  GroupInfo,
  IdleTimeout,
  TimeoutHistory,
  TimeoutSave,
  TimeoutSaveResult,
  TimeoutUser,
} from './timeout.ts';
import type { KeptRecord, TriageAnswer, TriageAsk, TriageFinding, TriageRevoked } from './triage.ts';

interface Call<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

/** Main asks the person first, in a dialog of its own, where the call would destroy something; null when they declined. */
type Asked<Input, Output> = Call<Input, Output | null>;

/** Up to `count` items from position `from`; at most 10,000 a call, so that no message is unbounded. */
interface Page {
  readonly from: number;
  readonly count: number;
}

/** Every call of the renderer to main: name, what goes in, what comes back. Input `null` means "nothing". */
export interface Calls {
  'app.snapshot': Call<null, AppSnapshot>;
  'app.copyText': Call<{ text: string }, null>;
  /** The password of the proxy that asks for one; it goes nowhere else. Main asks first; declined, nothing was sent. */
  'proxy.signIn': Call<ProxySignInRequest, null>;
  'settings.update': Call<Partial<Settings>, Settings>;

  /** Of a file that was exported in this sitting, and no other. */
  'exports.show': Call<{ path: string }, null>;
  'exports.open': Call<{ path: string }, null>;

  'data.runsFolder': Call<null, RunsFolder>;
  /** Shows it in the system's file manager. */
  'data.openRunsFolder': Call<null, null>;
  /** Main shows the folder dialog; null when the person closed it. Former runs stay where they are. */
  'data.changeRunsFolder': Call<{ to: 'chosen' | 'default' }, RunsFolderChange | null>;
  /** What the app keeps on this computer, and where. */
  'data.places': Call<null, readonly DataPlace[]>;
  'data.remove': Asked<RemovalRequest, RemovalResult>;
  /** Ends the app and starts it anew. */
  'data.restart': Call<null, null>;

  /** Main asks first when a custom host gets the secret, or another login page opens beside one that is open. */
  'connections.signIn': Asked<SignInRequest, SessionState>;
  /** Signs in again with what the keychain holds. */
  'connections.switchTo': Call<{ connectionId: string }, SessionState>;
  'connections.rename': Call<{ connectionId: string; label: string }, readonly Connection[]>;
  /** Ends a sign-in that is going on; it answers `cancelled`. */
  'connections.cancelSignIn': Call<null, null>;
  /** The login page that a sign-in waits for: once more in the browser, or its address on the clipboard. */
  'connections.loginPage': Call<{ to: 'browser' | 'clipboard' }, null>;
  /** Tries again to put the session's secret into the keychain. */
  'connections.keepSecret': Call<null, SessionState>;
  /** Deletes the connection and its keychain items; with `revokeToken` its token is ended first, or nothing happens. */
  'connections.remove': Asked<{ connectionId: string; revokeToken: boolean }, readonly Connection[]>;
  /** Forgets the token here; it stays valid at Genesys Cloud. Main asks first when the keychain's copy goes. */
  'connections.signOut': Asked<null, SessionState>;

  /** Leaves the idle countdown alone; with `whole` user and permissions are asked for too, and that is use. */
  'token.refresh': Call<{ whole: boolean }, TokenDetails>;
  'token.verify': Call<null, VerifyResult>;
  /** Ends the current token at Genesys Cloud, then forgets it. */
  'token.revoke': Asked<null, SessionState>;

  /** Looks for tokens in a text. What an earlier call found is forgotten. */
  'triage.find': Call<SecretInput, TriageFinding>;
  /** Asks the regions whether they accept a token, and the one that does everything about it. */
  'triage.ask': Asked<TriageAsk, TriageAnswer>;
  'triage.verify': Call<{ tokenId: string }, VerifyResult>;
  /** Ends exactly that token, and checks that it is dead. */
  'triage.revoke': Asked<{ tokenId: string }, TriageRevoked>;
  /** Forgets every token that was found. */
  'triage.close': Call<null, null>;
  /** Main shows the save dialog; the path written, or null when the person closed it. */
  'triage.saveRecord': Call<{ text: string }, { path: string } | null>;
  /** Keeps it beside the runs, in the place of an earlier one about that token. */
  'triage.keepRecord': Call<{ tokenId: string; text: string }, KeptRecord>;
  /** Newest first. */
  'triage.records': Call<null, readonly KeptRecord[]>;
  /** Main shows the save dialog; the path written, or null when the person closed it. */
  'triage.exportRecord': Call<{ recordId: string }, { path: string } | null>;
  'triage.deleteRecord': Asked<{ recordId: string }, readonly KeptRecord[]>;

  'list.fromText': Call<{ text: string }, ListPreview>;
  /** Main shows the open dialog and reads the file; null when the person closed the dialog. */
  'list.fromDialog': Call<null, ListPreview | null>;
  /** A file dropped on the window. */
  'list.fromFile': Call<{ name: string; bytes: Uint8Array }, ListPreview>;
  /** Another sheet of the workbook that a list was read from; a list of its own. */
  'list.fromSheet': Call<{ listId: string; sheet: number }, ListPreview>;
  /** Ends the reading of a list; its call answers `cancelled`. */
  'list.cancelReading': Call<null, null>;

  /** A list of people of the demo organisation, to try with. */
  'list.demo': Call<null, ListPreview>;

  'plan.resolve': Call<Selection, PlanSummary>;
  'plan.cancelResolving': Call<null, null>;
  'plan.rows': Call<{ planId: string } & Page, readonly PlanRow[]>;
  /** Applies a decision of the review; the plan that it was made about is gone afterwards. */
  'plan.decide': Call<{ planId: string; decision: ReviewDecision }, DecidedPlan>;
  /** Whom an ambiguous row can mean, with what tells them apart. */
  'plan.candidates': Call<{ planId: string; row: number }, readonly FoundPerson[]>;
  /** Main shows the save dialog; the path written, or null when the person closed it. */
  'plan.save': Call<{ planId: string }, { path: string } | null>;
  /** Main shows the open dialog; null when the person closed it. A plan of another org is refused. */
  'plan.open': Call<null, SavedPlan | null>;

  /** At most 25 whose name holds the text; all names when it is empty. */
  'directory.find': Call<{ kind: EntryKind; text: string }, DirectoryAnswer>;
  /** The names of divisions, groups and roles, to find them by typing. */
  'directory.names': Call<null, DirectoryNames>;
  /** People by what is typed, one call; a newer one cancels the one before, which answers `cancelled`. */
  'directory.findPeople': Call<{ text: string }, FoundPeople>;
  /** How many users the org has. */
  'directory.counts': Call<null, { readonly active: number | null; readonly inactive: number | null }>;

  /** Whom no run of that connection touches. */
  'protected.list': Call<{ connectionId: string }, readonly ProtectedEntry[]>;
  /** Main asks first when an entry goes. */
  'protected.save': Asked<
    { connectionId: string; entries: readonly ProtectedEntry[] },
    readonly ProtectedEntry[]
  >;
  /** Keeps a list that cannot be read under another name, and begins an empty one. */
  'protected.startOver': Asked<{ connectionId: string }, readonly ProtectedEntry[]>;
  /** Asks the directory what each entry of the connection in use stands for now. */
  'protected.check': Call<null, readonly ProtectedStatus[]>;

  /** Main asks first, but for a dry run. */
  'runs.start': Asked<RunStartRequest, RunProgress>;
  'runs.pause': Call<{ runId: string }, RunProgress>;
  /** Main asks first when another connection goes on with it. */
  'runs.continue': Asked<{ runId: string }, RunProgress>;
  'runs.cancel': Call<{ runId: string }, RunProgress>;
  /** Goes on with an interrupted run: exactly the users without an outcome. */
  'runs.resume': Asked<{ runId: string }, RunProgress>;
  /** Ends an interrupted run for good: who has no outcome is not attempted. The reason stands in the journal. */
  'runs.close': Asked<{ runId: string; reason: string }, readonly RunSummary[]>;
  'runs.progress': Call<{ runId: string }, RunProgress>;
  'runs.list': Call<null, readonly RunSummary[]>;
  /** Counts by time, never one entry per user. */
  'runs.timeline': Call<{ runId: string }, RunTimeline>;
  'runs.outcomes': Call<{ runId: string } & Page, readonly OutcomeRow[]>;
  /** Main shows the save dialog; the path written, or null when the person closed it. */
  'runs.export': Call<{ runId: string; format: ReportFormat }, { path: string } | null>;
  /** The users of a run who were not revoked, as a list to choose from; a run of it names its parent. */
  'runs.retryList': Call<{ runId: string }, ListPreview>;
  /** Asks who of the revoked has got a token since, a hundred a call, and keeps the answer beside the journal. */
  'runs.verify': Call<{ runId: string }, RunVerifications>;
  /** Ends a verification that is going on; it answers `cancelled`, and nothing is kept. */
  'runs.cancelVerify': Call<null, null>;
  'runs.verifications': Call<{ runId: string }, RunVerifications>;
  /** Those whom the last check found signed in again, as a list to choose from; a run of it names its parent. */
  'runs.againList': Call<{ runId: string }, ListPreview>;
  'runs.delete': Asked<{ runId: string }, readonly RunSummary[]>;

  /** Revokes those users again whenever they sign in, for that time: main asks once for all of it. */
  'keepOut.start': Asked<KeepOutRequest, KeepOutSummary>;
  /** Goes on with one that was interrupted. */
  'keepOut.resume': Asked<KeepOutKey, KeepOutSummary>;
  'keepOut.stop': Call<KeepOutKey, KeepOutSummary>;
  'keepOut.pause': Call<KeepOutKey, KeepOutSummary>;
  'keepOut.continue': Call<KeepOutKey, KeepOutSummary>;
  /** Of that run, newest first; with null those of all runs that go on, or can. */
  'keepOut.list': Call<{ runId: string | null }, readonly KeepOutSummary[]>;

  'timeout.read': Call<null, IdleTimeout>;
  'timeout.save': Asked<TimeoutSave, TimeoutSaveResult>;
  /** Every value of this connection's org that this app has read or written. */
  'timeout.history': Call<null, TimeoutHistory>;
  /** Main shows the save dialog; the path written, or null when the person closed it. */
  'timeout.exportHistory': Call<null, { path: string } | null>;
  /** A user with the ids of their groups, null where the API does not tell them: which timeout applies follows. */
  'timeout.user': Call<
    { userId: string },
    { readonly user: TimeoutUser; readonly groupIds: readonly string[] | null }
  >;

  /** At most 20 of `total`, found by name, email or id. */
  'users.find': Call<
    { text: string },
    { readonly users: readonly TimeoutUser[]; readonly total: number | null }
  >;
  /** At most 25 of `total`, found by name. */
  'groups.search': Call<
    { text: string },
    { readonly groups: readonly GroupInfo[]; readonly total: number | null }
  >;
  /** Those that exist; what is missing in the answer does not. */
  'groups.byIds': Call<{ ids: readonly string[] }, readonly GroupInfo[]>;
  /** Ids of the members; null when there are more than 2,000. */
  'groups.members': Call<{ groupId: string }, readonly string[] | null>;
}

export type CallName = keyof Calls;
export type CallInput<K extends CallName> = Calls[K]['input'];
export type CallOutput<K extends CallName> = Calls[K]['output'];

/** Names of the calls, for preload and router; the type keeps it complete. */
export const CALL_NAMES = Object.keys({
  'app.snapshot': 0,
  'app.copyText': 0,
  'proxy.signIn': 0,
  'settings.update': 0,
  'exports.show': 0,
  'exports.open': 0,
  'data.runsFolder': 0,
  'data.openRunsFolder': 0,
  'data.changeRunsFolder': 0,
  'data.places': 0,
  'data.remove': 0,
  'data.restart': 0,
  'connections.signIn': 0,
  'connections.switchTo': 0,
  'connections.rename': 0,
  'connections.cancelSignIn': 0,
  'connections.loginPage': 0,
  'connections.keepSecret': 0,
  'connections.remove': 0,
  'connections.signOut': 0,
  'token.refresh': 0,
  'token.verify': 0,
  'token.revoke': 0,
  'triage.find': 0,
  'triage.ask': 0,
  'triage.verify': 0,
  'triage.revoke': 0,
  'triage.close': 0,
  'triage.saveRecord': 0,
  'triage.keepRecord': 0,
  'triage.records': 0,
  'triage.exportRecord': 0,
  'triage.deleteRecord': 0,
  'list.fromText': 0,
  'list.fromDialog': 0,
  'list.fromFile': 0,
  'list.fromSheet': 0,
  'list.cancelReading': 0,
  'list.demo': 0,
  'plan.resolve': 0,
  'plan.cancelResolving': 0,
  'plan.rows': 0,
  'plan.decide': 0,
  'plan.candidates': 0,
  'plan.save': 0,
  'plan.open': 0,
  'directory.find': 0,
  'directory.names': 0,
  'directory.findPeople': 0,
  'directory.counts': 0,
  'protected.list': 0,
  'protected.save': 0,
  'protected.startOver': 0,
  'protected.check': 0,
  'runs.start': 0,
  'runs.pause': 0,
  'runs.continue': 0,
  'runs.cancel': 0,
  'runs.resume': 0,
  'runs.close': 0,
  'runs.progress': 0,
  'runs.list': 0,
  'runs.timeline': 0,
  'runs.outcomes': 0,
  'runs.export': 0,
  'runs.retryList': 0,
  'runs.verify': 0,
  'runs.cancelVerify': 0,
  'runs.verifications': 0,
  'runs.againList': 0,
  'runs.delete': 0,
  'keepOut.start': 0,
  'keepOut.resume': 0,
  'keepOut.stop': 0,
  'keepOut.pause': 0,
  'keepOut.continue': 0,
  'keepOut.list': 0,
  'timeout.read': 0,
  'timeout.save': 0,
  'timeout.history': 0,
  'timeout.exportHistory': 0,
  'timeout.user': 0,
  'users.find': 0,
  'groups.search': 0,
  'groups.byIds': 0,
  'groups.members': 0,
} satisfies Record<CallName, 0>) as readonly CallName[];

export type ViewName = 'token' | 'revoke' | 'runs' | 'timeout' | 'settings';

/** Commands that the native menu sends to the window. */
export type MenuCommand =
  | { readonly kind: 'show-view'; readonly view: ViewName }
  | { readonly kind: 'palette' }
  | { readonly kind: 'keyboard-help' }
  | { readonly kind: 'command'; readonly id: CommandId }
  /** A notification of that run was clicked. */
  | { readonly kind: 'show-run'; readonly runId: string };

/** Commands of the palette, by their ids there; the native menu has them too. */
export type CommandId =
  | 'connect'
  | 'sign-out'
  | 'triage'
  | 'verify'
  | 'refresh'
  | 'theme-system'
  | 'theme-light'
  | 'theme-dark'
  | `setting-${SettingId}`
  | `connection-${string}`
  | `runbook-${HelpPageId}`;

/** Every event of main to the renderer. */
export interface Events {
  'session.changed': SessionState;
  'keychain.changed': KeychainState;
  /** A proxy asks for a password, or no longer. */
  'proxy.changed': ProxyAsking | null;
  /** At most once a second; null when nobody is signed in. */
  'rate.changed': RateState | null;
  'connections.changed': readonly Connection[];
  /** Only of a list whose reading takes longer than half a second. */
  'list.progress': ListProgress;
  'plan.progress': PlanProgress;
  'run.progress': RunProgress;
  'verification.progress': VerificationProgress;
  'keepOut.changed': KeepOutSummary;
  'menu.command': MenuCommand;
}

export type EventName = keyof Events;

export const EVENT_NAMES = Object.keys({
  'session.changed': 0,
  'keychain.changed': 0,
  'proxy.changed': 0,
  'rate.changed': 0,
  'connections.changed': 0,
  'list.progress': 0,
  'plan.progress': 0,
  'run.progress': 0,
  'verification.progress': 0,
  'keepOut.changed': 0,
  'menu.command': 0,
} satisfies Record<EventName, 0>) as readonly EventName[];

/** What preload puts on `window.tokendesk`: one function per call, one subscription per event. */
export interface Bridge {
  readonly call: { readonly [K in CallName]: (input: CallInput<K>) => Promise<Result<CallOutput<K>>> };
  /** @returns a function that ends the subscription. */
  readonly on: { readonly [K in EventName]: (listener: (payload: Events[K]) => void) => () => void };
}
