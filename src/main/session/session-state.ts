import type { Connection, SecretPlace, SessionState } from '../../shared/connection.ts';
import type { AppError } from '../../shared/result.ts';
import { notSignedIn } from '../failure.ts';
import type { RevocationSession } from '../revocation/ports.ts';
import type { AuthorizedClient } from './authorized-client.ts';
import type { InspectedToken } from './inspect-token.ts';
import { createListeners } from './listeners.ts';

/** A session that works: what was found out, for which connection. */
interface SignedIn extends InspectedToken {
  readonly connection: Connection;
  readonly secretPlace: SecretPlace;
  /** Why a secret that was to be remembered is in memory only. */
  readonly notKept: AppError | null;
  readonly revocation: RevocationSession;
}

/** The session's state inside main; the window sees `toState` of it. */
type SessionPhase =
  | { readonly kind: 'signed-out' }
  | ({ readonly kind: 'signed-in' } & SignedIn)
  | { readonly kind: 'expired'; readonly connection: Connection };

/** Field by field, so that nothing goes to the window by being added here. */
function toState(phase: SessionPhase): SessionState {
  if (phase.kind !== 'signed-in') return phase;
  const { kind, connection, token, secretPlace, notKept } = phase;
  return { kind, connection, token, secretPlace, ...(notKept && { notKept }) };
}

/** Who is signed in now. */
export interface CurrentSession {
  readonly phase: SessionPhase;
  readonly state: SessionState;
  /** Enters a phase and tells it; the access of the one before is ended when it is not the new one's too. */
  enter(next: SessionPhase): void;
  /** @throws AppFailure `signed-out` */
  active(): SignedIn;
  /** The session of that access; null when it is no longer the one in use. */
  activeWith(access: AuthorizedClient): SignedIn | null;
  /** The session of that connection; null when another is in use, or nobody is signed in. */
  activeFor(connectionId: string): SignedIn | null;
  /** @returns a function that ends it. */
  onChange(listener: (state: SessionState) => void): () => void;
}

/** Signed out at first: the start signs in again, if somebody was. */
export function createSessionState(): CurrentSession {
  const listeners = createListeners<SessionState>();
  let phase: SessionPhase = { kind: 'signed-out' };
  return {
    get phase() {
      return phase;
    },
    get state() {
      return toState(phase);
    },
    enter: (next) => {
      if (phase.kind === 'signed-in' && (next.kind !== 'signed-in' || next.access !== phase.access)) {
        phase.access.end();
      }
      phase = next;
      listeners.tell(toState(phase));
    },
    active: () => {
      if (phase.kind === 'signed-in') return phase;
      throw notSignedIn();
    },
    activeWith: (access) => (phase.kind === 'signed-in' && phase.access === access ? phase : null),
    activeFor: (connectionId) =>
      phase.kind === 'signed-in' && phase.connection.id === connectionId ? phase : null,
    onChange: (listener) => listeners.add(listener),
  };
}
