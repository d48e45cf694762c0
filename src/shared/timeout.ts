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

export interface TimeoutChange {
  readonly enabled: boolean;
  readonly seconds: number;
  readonly unit: TimeoutUnit;
}

export type TimeoutSaveResult =
  /** Read back after the PUT and equal to what was sent. */
  | { readonly kind: 'saved'; readonly value: IdleTimeout }
  /** Somebody changed it since it was read; nothing was sent. */
  | { readonly kind: 'changed-meanwhile'; readonly current: IdleTimeout }
  /** The PUT was accepted, but reading back shows something else. */
  | { readonly kind: 'not-as-sent'; readonly value: IdleTimeout };
