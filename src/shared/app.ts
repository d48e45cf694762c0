import type { Connection, SessionState } from './connection.ts';
import type { ProxyAsking } from './proxy.ts';

export type Theme = 'system' | 'light' | 'dark';
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

export interface Settings {
  readonly theme: Theme;
  /** Share of the rate limit to use, 0.1 to 0.97. The rest is for other tools of the same user. */
  readonly rateShare: number;
  readonly logLevel: LogLevel;
  readonly introductionSeen: boolean;
  readonly times: TimesSetting;
  readonly density: Density;
}

/** How times are written in the window: as the system does, in its zone with 24 hours, or in UTC with 24 hours. */
export type TimesSetting = 'system' | '24-hour' | 'utc';

/** How much room text and table rows take. */
export type Density = 'compact' | 'normal' | 'large';

/** Whether secrets can be kept. Each kind has its own sentence in the renderer's catalogue. */
export type KeychainState =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'unavailable';
      readonly reason:
        | 'missing'
        | 'no-bus'
        | 'no-service'
        | 'unreachable'
        | 'locked'
        | 'dismissed'
        | 'timed-out'
        | 'damaged';
      /** The system's own words. */
      readonly message: string;
    };

/** Why the limit is taken to be what it is: by the org's limit of that key, or the usual one. */
export type RateLimitSource =
  | { readonly kind: 'told'; readonly key: string }
  | { readonly kind: 'assumed'; readonly why: 'not-answered' | 'not-told' | 'not-believable' };

/** What is left of the API's rate limit, as far as this app's own calls of the last minute go: the API does not tell. */
export interface RateState {
  readonly limitPerMinute: number;
  readonly limitSource: RateLimitSource;
  readonly usedLastMinute: number;
  /** ISO 8601; no call goes out until then, because the API answered "too many requests". Null when calls may go. */
  readonly closedUntil: string | null;
}

/** What the app runs on: nothing that is secret, or that names a person. */
export interface PlatformVersions {
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  /** Kernel or build of the operating system, and the processor, e.g. `6.1.0-26-amd64 (x64)`. */
  readonly system: string;
  readonly packaged: boolean;
}

/** All that the window needs at its start, in one call. */
export interface AppSnapshot {
  readonly version: string;
  readonly platform: 'linux' | 'darwin' | 'win32' | 'other';
  /** What shows the window: real Electron, or the stand-in used in development and tests. */
  readonly runtime: 'electron' | 'chromium-electron';
  readonly platformVersions: PlatformVersions;
  readonly settings: Settings;
  readonly keychain: KeychainState;
  readonly connections: readonly Connection[];
  readonly session: SessionState;
  /** Null when nobody is signed in. */
  readonly rate: RateState | null;
  /** A proxy that waits for a password. */
  readonly proxy: ProxyAsking | null;
  /** Id of a run that is going on now. */
  readonly activeRunId: string | null;
  /** Runs that a crash or a quit interrupted. */
  readonly interruptedRunIds: readonly string[];
  /** Things the person should know from start-up, e.g. a settings file that could not be read and where it was kept. */
  readonly notices: readonly string[];
}
