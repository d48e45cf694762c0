import type { Random } from '../random.ts';
import type { Org, OrgUser } from '../org/org.ts';
import type { Permission } from '../org/permissions.ts';
import { createRateWindow, type RateWindow } from '../rate.ts';
import type { OAuthClient } from './clients.ts';

export interface Token {
  readonly value: string;
  readonly client: OAuthClient;
  /** Null for client credentials: those tokens belong to no user. */
  readonly user: OrgUser | null;
  readonly permissions: readonly Permission[];
  /** ms since the epoch, as all times here. */
  readonly expiresAt: number;
  lastActivityAt: number;
  readonly window: RateWindow;
}

export interface TokenStoreOptions {
  readonly limit: number;
  readonly windowMs: number;
  readonly tokenSeconds: number;
  readonly maxTokensPerUser: number;
  /** Seconds after which a token with no activity ends; null when it does not. */
  idleSeconds(token: Token): number | null;
}

export interface TokenStore {
  issue(client: OAuthClient, user: OrgUser | null, now: number): Token;
  /** @returns the token if it is alive at `now`. */
  find(value: string, now: number): Token | undefined;
  end(token: Token): void;
  /** Ends every token of the user. @returns how many there were. */
  endUser(user: OrgUser): number;
  /** When a token was last issued to the user since the start; null when none was. */
  lastIssuedTo(user: OrgUser): number | null;
  /** When the token idles out, or null. */
  idlesAt(token: Token): number | null;
}

/** Length of the values that Genesys Cloud issues. */
const VALUE_LENGTH = 86;
/** Client credentials have no documented cap; this one only bounds memory. */
const MAX_TOKENS_PER_CLIENT = 100;

/**
 * Every token is real: it belongs to a user or a client, and ends by revocation, age or idleness.
 * The tokens that the org's users hold from the start are only counted: nobody was ever told their values.
 */
export const createTokenStore = (org: Org, random: Random, options: TokenStoreOptions): TokenStore => {
  const byValue = new Map<string, Token>();
  const byHolder = new Map<string, Set<Token>>();
  const lastIssued = new Map<string, number>();
  const initialEnded = new Uint8Array(org.size);

  const end = (token: Token): void => {
    byValue.delete(token.value);
    byHolder.get(token.user?.id ?? token.client.id)?.delete(token);
  };

  const idlesAt = (token: Token): number | null => {
    const seconds = options.idleSeconds(token);
    return seconds === null ? null : token.lastActivityAt + seconds * 1000;
  };

  return {
    issue: (client, user, now) => {
      const token: Token = {
        value: random.token(VALUE_LENGTH),
        client,
        user,
        permissions: user ? org.permissionsOf(user) : client.permissions,
        expiresAt: now + options.tokenSeconds * 1000,
        lastActivityAt: now,
        window: createRateWindow(options.limit, options.windowMs),
      };
      const holder = user?.id ?? client.id;
      const held = byHolder.get(holder) ?? new Set();
      byHolder.set(holder, held.add(token));
      byValue.set(token.value, token);
      if (user) lastIssued.set(user.id, now);
      const most = user ? options.maxTokensPerUser : MAX_TOKENS_PER_CLIENT;
      const [first] = held;
      if (held.size > most && first) end(first);
      return token;
    },
    find: (value, now) => {
      const token = byValue.get(value);
      if (!token) return undefined;
      if (now < token.expiresAt && now < (idlesAt(token) ?? Infinity)) return token;
      end(token);
      return undefined;
    },
    end,
    endUser: (user) => {
      const held = byHolder.get(user.id);
      const issued = held?.size ?? 0;
      for (const token of held ?? []) byValue.delete(token.value);
      byHolder.delete(user.id);
      const initial = initialEnded[user.index] === 1 ? 0 : user.tokens;
      initialEnded[user.index] = 1;
      return issued + initial;
    },
    lastIssuedTo: (user) => lastIssued.get(user.id) ?? null,
    idlesAt,
  };
};
