export type TimeoutUnit = 'Minutes' | 'Hours';

/** Limits of the API for the idle timeout (model IdleTokenTimeout: 300 to 28,800 s). */
export const TIMEOUT_MIN_SECONDS = 300;
export const TIMEOUT_MAX_SECONDS = 28_800;

export interface TimeoutGroupBundle {
  /** 1 to 5; 1 wins. */
  readonly priority: number;
  readonly timeoutSeconds: number;
  readonly unit: TimeoutUnit | null;
  readonly groupIds: readonly string[];
  /** The bundle's fields that this app does not know, as they came: they go back unchanged. */
  readonly other?: Readonly<Record<string, unknown>>;
}

/** The org's idle timeout as the API told it. Every field is optional there; null is "the API did not say". */
export interface IdleTimeout {
  readonly enabled: boolean | null;
  readonly seconds: number | null;
  readonly unit: TimeoutUnit | null;
  readonly groupsEnabled: boolean | null;
  readonly groupBundles: readonly TimeoutGroupBundle[];
  /** The whole object as it came, pretty-printed JSON: fields this app does not know stand here and survive a save. */
  readonly json: string;
  /** ISO 8601. */
  readonly readAt: string;
}

/** The part of a value that says who has a timeout of their own. */
export interface GroupTimeouts {
  readonly enabled: boolean;
  readonly bundles: readonly TimeoutGroupBundle[];
}

export interface TimeoutChange {
  readonly enabled: boolean;
  /** Null leaves what is there; not with `enabled` where nothing is there. */
  readonly seconds: number | null;
  /** Null leaves what is there. */
  readonly unit: TimeoutUnit | null;
  /** Left out, everything about groups stays as it is. */
  readonly groups?: GroupTimeouts;
}

export interface TimeoutSave {
  readonly change: TimeoutChange;
  /** The `json` that the person saw when editing. */
  readonly expected: string;
  /** Id of a value of the history: its fields that this app does not know come back too. */
  readonly restore?: string;
}

export type TimeoutSaveResult =
  /** Read back after the PUT and equal to what was sent. */
  | { readonly kind: 'saved'; readonly value: IdleTimeout }
  /** Somebody changed it since it was read; nothing was sent. */
  | { readonly kind: 'changed-meanwhile'; readonly current: IdleTimeout }
  /** The PUT was accepted, but reading back shows something else. */
  | { readonly kind: 'not-as-sent'; readonly value: IdleTimeout };

/** A value that this app has read from the org, or written to it. */
export interface TimeoutHistoryEntry {
  readonly id: string;
  readonly how: 'read' | 'written';
  /** ISO 8601: when it was first and last seen without another value in between. */
  readonly at: string;
  readonly lastSeenAt: string;
  /** Name of the user or client that was signed in. */
  readonly operator: string;
  readonly value: IdleTimeout;
}

export interface TimeoutHistory {
  /** Newest first. */
  readonly entries: readonly TimeoutHistoryEntry[];
  /** A sentence for the person when something of the history could not be read or kept. */
  readonly notice: string | null;
}

/** A person, as far as it is needed to tell which timeout applies to them. */
export interface TimeoutUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly department: string | null;
}

/** Some of those who were found, and how many there are; null where the API does not say. */
export interface FoundUsers {
  readonly users: readonly TimeoutUser[];
  readonly total: number | null;
}

export interface UserWithGroups {
  readonly user: TimeoutUser;
  /** Their ids; null where the API does not tell them. */
  readonly groupIds: readonly string[] | null;
}

export interface GroupInfo {
  readonly id: string;
  readonly name: string;
  /** Null when the API did not say. */
  readonly memberCount: number | null;
}

/** As `FoundUsers`. */
export interface FoundGroups {
  readonly groups: readonly GroupInfo[];
  readonly total: number | null;
}
