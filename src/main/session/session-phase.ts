import type { Connection, SecretPlace, SessionState } from '../../shared/connection.ts';
import type { AppError } from '../../shared/result.ts';
import type { RevocationSession } from '../revocation/ports.ts';
import type { InspectedToken } from './inspect-token.ts';

/** A session that works: what was found out, for which connection. */
export interface SignedIn extends InspectedToken {
  readonly connection: Connection;
  readonly secretPlace: SecretPlace;
  /** Why a secret that was to be remembered is in memory only. */
  readonly notKept: AppError | null;
  readonly revocation: RevocationSession;
}

/** The session's state inside main; the window sees `toState` of it. */
export type SessionPhase =
  | { readonly kind: 'signed-out' }
  | ({ readonly kind: 'signed-in' } & SignedIn)
  | { readonly kind: 'expired'; readonly connection: Connection };

/** Field by field, so that nothing goes to the window by being added here. */
export function toState(phase: SessionPhase): SessionState {
  if (phase.kind !== 'signed-in') return phase;
  const { kind, connection, token, secretPlace, notKept } = phase;
  return { kind, connection, token, secretPlace, ...(notKept && { notKept }) };
}
