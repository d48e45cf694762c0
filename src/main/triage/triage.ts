import { setMaxListeners } from 'node:events';
import type { SecretInput, VerifyResult } from '../../shared/connection.ts';
import { apiHostOf, type ConnectionRegion } from '../../shared/regions.ts';
import type {
  KeptRecord,
  RegionAnswer,
  TriageAnswer,
  TriageAsk,
  TriageFinding,
  TriageRevoked,
} from '../../shared/triage.ts';
import { type Clock, nowIso } from '../clock.ts';
import type { AskedPlace, TokenOwner } from '../consent/dialogs/triage.ts';
import { AppFailure, failure } from '../failure.ts';
import type { Hosts } from '../genesys/hosts.ts';
import type { ApiClient } from '../genesys/http.ts';
import { singleTokenClient } from '../genesys/single-token.ts';
import { deleteMyToken, verifyToken } from '../genesys/tokens.ts';
import { shortId } from '../short-id.ts';
import { createSecret, holdsSecret, type Secret } from '../secrets/secret.ts';
import { readTokenDetails } from '../session/token-details.ts';
import { findTokens, mask } from './find-tokens.ts';
import { recordIdOf } from './kept-records.ts';

export interface TriageDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readClipboard: () => Promise<string>;
  /** @throws AppFailure `invalid-input`, `demo-failed` */
  readonly hostsOf: (region: ConnectionRegion) => Promise<Hosts>;
  /** Whether the session uses that very token. */
  readonly isOwnToken: (token: Secret) => boolean;
}

/** Finds out what a leaked token is, and ends it. The tokens are in memory here, from `find` to `close`. */
export interface Triage {
  /** @throws AppFailure `invalid-input` when there is no text, or too much */
  find(text: SecretInput): Promise<TriageFinding>;
  /**
   * Where asking would send the token; nothing is sent.
   * @throws AppFailure `no-such-item`, `invalid-input` when a host is not the one that the window shows, `demo-failed`
   */
  readyToAsk(request: TriageAsk): Promise<{
    readonly masked: string;
    readonly places: readonly AskedPlace[];
  }>;
  /** @throws AppFailure `no-such-item`, `invalid-input` when a host was not agreed to, or any code of the API */
  ask(request: TriageAsk): Promise<TriageAnswer>;
  /** Whether that token is in memory still. */
  holds(tokenId: string): boolean;
  /** Whose it is, as the region that accepted it said. @throws AppFailure `no-such-item` */
  ownerOf(tokenId: string): TokenOwner;
  /** @throws AppFailure `no-such-item`, or any code of the API but a 401, which is an answer */
  verify(tokenId: string): Promise<VerifyResult>;
  /** @throws AppFailure when the token may still be valid */
  revoke(tokenId: string): Promise<TriageRevoked>;
  close(): void;
  /** What a record of that token is kept under, with what main itself knows of it. @throws AppFailure `no-such-item` */
  recordOf(tokenId: string): Omit<KeptRecord, 'text'>;
  /** For refusing to write a record that holds one. */
  mentionsToken(text: string): boolean;
}

/** Longest text that is searched. */
const MAX_CHARACTERS = 1_000_000;
/** A region that does not answer must not hold up the others, ms. */
const ASK_TIMEOUT_MS = 10_000;
/** A panel that was left open, or a window that crashed, does not keep a stranger's token for ever, ms. */
const FORGET_AFTER_MS = 30 * 60_000;

interface Held {
  readonly token: Secret;
  readonly masked: string;
  /** Of the record that is kept of it; the same each time. */
  readonly recordId: string;
  /** ISO 8601. */
  revokedAt: string | null;
  /** The region that accepted it, with its client and what it said; null until one has. */
  home: {
    readonly client: ApiClient;
    readonly host: string;
    readonly who: string;
    readonly organization: string;
  } | null;
}

interface Place {
  readonly region: ConnectionRegion;
  readonly hosts: Hosts;
  readonly host: string;
}

export function createTriage(deps: TriageDeps): Triage {
  const { clock } = deps;
  let held = new Map<string, Held>();
  /** Aborted when the panel closes, so that no answer comes after it. */
  let panel = new AbortController();
  let finds = 0;

  function close(): void {
    panel.abort(failure('cancelled', 'The panel was closed.'));
    panel = new AbortController();
    held = new Map();
  }

  function heldOf(tokenId: string): Held {
    const found = held.get(tokenId);
    if (found) return found;
    throw failure('no-such-item', 'This token is no longer in memory.');
  }

  function homeOf(tokenId: string): NonNullable<Held['home']> {
    const { home } = heldOf(tokenId);
    if (home) return home;
    throw failure('no-such-item', 'No region has accepted this token yet.');
  }

  const clientFor = (token: Secret, hosts: Hosts, timeoutMs?: number): ApiClient => {
    const { fetch, random } = deps;
    const limit = timeoutMs === undefined ? {} : { timeoutMs };
    return singleTokenClient({ hosts, token, fetch, clock, random, ...limit });
  };

  async function find(input: SecretInput): Promise<TriageFinding> {
    const text = input.from === 'typed' ? input.value : await deps.readClipboard();
    if (text.trim() === '') throw failure('invalid-input', 'There is no text.');
    if (text.length > MAX_CHARACTERS)
      throw failure('invalid-input', 'The text is longer than a million characters.');
    close();
    finds += 1;
    const tokens = findTokens(text).map(({ value, ...found }, index) => {
      const id = `${finds}-${index + 1}`;
      const recordId = recordIdOf(clock.now(), shortId(deps.random));
      held.set(id, {
        token: createSecret(value),
        masked: mask(value),
        recordId,
        revokedAt: null,
        home: null,
      });
      return { id, masked: mask(value), characters: value.length, ...found };
    });
    void clock.sleep(FORGET_AFTER_MS, panel.signal).then(close, () => undefined);
    return { tokens };
  }

  async function placesOf({ regions, agreedHosts }: TriageAsk): Promise<readonly Place[]> {
    const places = await Promise.all(
      regions.map(async (region) => ({
        region,
        hosts: await deps.hostsOf(region),
        host: agreedHostOf(region),
      })),
    );
    if (places.some(({ host }) => !agreedHosts.includes(host)))
      throw failure('invalid-input', 'The hosts of these regions are not those that were shown.');
    return places;
  }

  async function ask(request: TriageAsk): Promise<TriageAnswer> {
    const one = heldOf(request.tokenId);
    const { signal } = panel;
    // One listener for each region: no leak that Node has to warn of.
    setMaxListeners(4 * request.regions.length + 10, signal);
    const places = await placesOf(request);
    const known = places.length === 1 ? places[0] : undefined;
    // One region is asked everything at once, and without touching the token's idle countdown.
    const answers = known
      ? []
      : await Promise.all(places.map((place) => askRegion(place, one.token, signal)));
    const accepted = known ?? places[answers.findIndex(({ answer }) => answer === 'accepted')];
    if (!accepted) return { kind: 'not-accepted', answers, at: nowIso(clock) };
    const client = clientFor(one.token, accepted.hosts);
    const { region, host } = accepted;
    try {
      const details = await readTokenDetails(client, clock, null, signal);
      const who = details.user?.name ?? details.client?.name ?? 'an OAuth client';
      one.home = { client, host, who, organization: details.organization.name };
      const own = deps.isOwnToken(one.token);
      return { kind: 'alive', region, host, details, own, answers, at: nowIso(clock) };
    } catch (error) {
      if (!(error instanceof AppFailure) || error.error.code !== 'signed-out') throw error;
      const refused: RegionAnswer = { region, host, answer: 'refused', status: 401 };
      return { kind: 'not-accepted', answers: known ? [refused] : answers, at: nowIso(clock) };
    }
  }

  /** One HEAD, never repeated. */
  async function askRegion(
    { region, hosts, host }: Place,
    token: Secret,
    signal: AbortSignal,
  ): Promise<RegionAnswer> {
    const client = clientFor(token, hosts, ASK_TIMEOUT_MS);
    const attempt = await client.once({ method: 'HEAD', path: '/api/v2/tokens/me', schema: null }, signal);
    if (attempt.kind === 'answered') {
      return { region, host, answer: 'accepted', status: attempt.answer.status };
    }
    const status = attempt.kind === 'no-answer' ? null : attempt.status;
    return { region, host, answer: status === 401 ? 'refused' : 'no-answer', status };
  }

  async function revoke(tokenId: string): Promise<TriageRevoked> {
    const { client } = homeOf(tokenId);
    await deleteMyToken(client, panel.signal);
    const at = nowIso(clock);
    const one = held.get(tokenId);
    if (one) one.revokedAt = at;
    return { at, verified: await verifyToken(client, clock, panel.signal) };
  }

  return {
    find,
    readyToAsk: async (request) => {
      const { masked } = heldOf(request.tokenId);
      return { masked, places: (await placesOf(request)).map(({ region, host }) => ({ region, host })) };
    },
    ask,
    holds: (tokenId) => held.has(tokenId),
    ownerOf: (tokenId) => {
      const { host, who, organization } = homeOf(tokenId);
      const { masked, token } = heldOf(tokenId);
      return { masked, host, who, organization, own: deps.isOwnToken(token) };
    },
    verify: async (tokenId) => verifyToken(homeOf(tokenId).client, clock, panel.signal),
    revoke,
    close,
    recordOf: (tokenId) => {
      const { masked, recordId, revokedAt, home } = heldOf(tokenId);
      const { who = null, organization = null, host = null } = home ?? {};
      return { recordId, keptAt: nowIso(clock), masked, who, organization, host, revokedAt };
    },
    mentionsToken: (text) => [...held.values()].some(({ token }) => holdsSecret(text, token)),
  };
}

/** The host as the person agreed to it, whatever a test puts in its place. */
function agreedHostOf(region: ConnectionRegion): string {
  const host = apiHostOf(region);
  if (host !== undefined) return host;
  throw failure('invalid-input', 'This region has no host.');
}
