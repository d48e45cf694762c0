import type { KeychainState, RateState } from './app.ts';
import type { MenuCommand } from './commands.ts';
import type { Connection, SessionState } from './connection.ts';
import type { KeepOutSummary } from './keep-out.ts';
import type { ListProgress } from './list.ts';
import type { PlanProgress } from './plan.ts';
import type { ProxyAsking } from './proxy.ts';
import type { RunProgress, VerificationProgress } from './run.ts';

interface Event<Payload> {
  readonly payload: Payload;
}

/** One entry of the list: a name at run time, the type of what it tells for the compiler. */
const event = <Payload>(): Event<Payload> => ({}) as Event<Payload>;

/** Every event of main to the renderer. */
const EVENTS = {
  'session.changed': event<SessionState>(),
  'keychain.changed': event<KeychainState>(),
  /** A proxy asks for a password, or no longer. */
  'proxy.changed': event<ProxyAsking | null>(),
  /** At most once a second; null when nobody is signed in. */
  'rate.changed': event<RateState | null>(),
  'connections.changed': event<readonly Connection[]>(),
  /** Only of a list whose reading takes longer than half a second. */
  'list.progress': event<ListProgress>(),
  'plan.progress': event<PlanProgress>(),
  'run.progress': event<RunProgress>(),
  'verification.progress': event<VerificationProgress>(),
  'keepOut.changed': event<KeepOutSummary>(),
  'menu.command': event<MenuCommand>(),
} as const;

export type EventName = keyof typeof EVENTS;
export type Events = { readonly [K in EventName]: (typeof EVENTS)[K]['payload'] };

/** For preload. */
export const EVENT_NAMES = Object.keys(EVENTS) as readonly EventName[];
