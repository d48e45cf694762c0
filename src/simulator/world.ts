import { createFaults, type Faults } from './faults.ts';
import type { Pattern } from './http/patterns.ts';
import { createLedger, type LedgerBook } from './ledger.ts';
import { createCodes, type Codes } from './oauth/codes.ts';
import type { Settings } from './options.ts';
import type { Org } from './org/org.ts';
import { ADMIN_INDEX } from './org/structure.ts';
import { createRandom, type Random } from './random.ts';
import { createRateWindow, type RateWindow } from './rate.ts';
import { createSearchRates, type SearchRates } from './search-limits.ts';
import type { Clients } from './tokens/clients.ts';
import { createTimeoutSetting, type TimeoutSetting } from './tokens/timeout.ts';
import { createTokenStore, type Token, type TokenStore } from './tokens/store.ts';
import type { Directory } from './users/directory.ts';

/** All that a call can read or change. A reset makes a new one from the same org. */
export interface World {
  readonly org: Org;
  readonly directory: Directory;
  readonly clients: Clients;
  readonly settings: Settings;
  readonly tokens: TokenStore;
  readonly timeout: TimeoutSetting;
  readonly ledger: LedgerBook;
  readonly faults: Faults;
  readonly codes: Codes;
  readonly loginWindow: RateWindow | null;
  /** Null when searches are not held to rates. */
  readonly searchRates: SearchRates | null;
  /** Ids and latencies. */
  readonly random: Random;
  /** The org's start, ms: dates in the past count from it. */
  readonly startedAt: number;
  /** The administrator's token, as the stand-alone program prints it. */
  readonly adminToken: Token;
}

export interface WorldParts {
  readonly org: Org;
  readonly directory: Directory;
  readonly clients: Clients;
  readonly settings: Settings;
  readonly patterns: readonly Pattern[];
  readonly startedAt: number;
}

/** @param now when the administrator's token is issued, ms. */
export const createWorld = (
  { org, directory, clients, settings, patterns, startedAt }: WorldParts,
  now: number,
): World => {
  const timeout = createTimeoutSetting(org, settings);
  const windowMs = settings.windowSeconds * 1000;
  const tokens = createTokenStore(org, createRandom(settings.seed, 2), {
    limit: settings.limit,
    windowMs,
    tokenSeconds: settings.tokenSeconds,
    maxTokensPerUser: settings.maxTokensPerUser,
    idleSeconds: (token) => timeout.secondsFor(token.user),
  });
  return {
    org,
    directory,
    clients,
    settings,
    tokens,
    timeout,
    ledger: createLedger(),
    faults: createFaults(createRandom(settings.seed, 3), patterns),
    codes: createCodes(createRandom(settings.seed, 4)),
    loginWindow: settings.loginLimit === null ? null : createRateWindow(settings.loginLimit, windowMs),
    searchRates: settings.searchRates ? createSearchRates() : null,
    random: createRandom(settings.seed, 5),
    startedAt,
    adminToken: tokens.issue(clients.pkce, org.user(ADMIN_INDEX), now),
  };
};
