import type { Connection, TokenDetails, VerifyResult } from '../../shared/connection.ts';
import type { Clock } from '../clock.ts';
import { type AppFailure, failure } from '../failure.ts';
import { verifyToken } from '../genesys/tokens.ts';
import type { CurrentSession } from './session-state.ts';
import { lookAgain, readTokenDetails, type KnownToken } from './token-details.ts';

/** What can be asked about the token in use. */
export interface SessionToken {
  /**
   * Looks at it again, without keeping it alive; with `whole` asks for everything, which is use like any other.
   * @throws AppFailure
   */
  refresh(whole?: boolean): Promise<TokenDetails>;
  /** @throws AppFailure when the answer says nothing about the token */
  verify(): Promise<VerifyResult>;
}

/** @param current whose token it is may change while an answer is on its way, which then counts for nothing. */
export function createSessionToken(current: CurrentSession, clock: Clock): SessionToken {
  return {
    refresh: async (whole = false) => {
      const { access, connection, token: known } = current.active();
      const { client, signal } = access;
      const token = whole
        ? await readTokenDetails(client, clock, access.expiresAt, signal)
        : { ...(await lookAgain(client, clock, known, signal)), expiresAt: access.expiresAt };
      const active = current.activeWith(access);
      // A token that acts elsewhere all of a sudden must not go on: what was planned was meant for the org before.
      if (token.organization.id !== connection.organization.id) {
        if (active) current.enter({ kind: 'expired', connection });
        throw otherOrganization(connection, token);
      }
      if (active) current.enter({ kind: 'signed-in', ...active, token });
      return token;
    },
    verify: () => {
      const { client, signal } = current.active().access;
      return verifyToken(client, clock, signal);
    },
  };
}

/** A connection that now leads to another org than the one it was made for. */
export const otherOrganization = (connection: Connection, token: KnownToken): AppFailure =>
  failure(
    'other-organization',
    `This connection was made for ${connection.organization.name}, and now leads to ${token.organization.name}.`,
  );
