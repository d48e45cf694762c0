import { setMaxListeners } from 'node:events';
import type { SecretInput } from '../../shared/connection.ts';
import { apiHostOf, type ConnectionRegion } from '../../shared/regions.ts';
import {
  LEAVES_END_OPEN,
  type KeptRecord,
  type RegionAnswer,
  type TriageAnswer,
  type TriageAsk,
  type TriageFinding,
  type TriageRevoked,
} from '../../shared/triage.ts';
import { type Clock, nowIso } from '../clock.ts';
import type { AskedPlace, TokenOwner } from '../consent/dialogs/triage.ts';
import { AppFailure, failure } from '../failure.ts';
import type { Hosts } from '../genesys/hosts.ts';
import type { ApiClient } from '../genesys/http.ts';
import { singleTokenClient } from '../genesys/single-token.ts';
import { deleteMyToken, verifyToken } from '../genesys/tokens.ts';
import { timedId } from '../short-id.ts';
import { createSecret, holdsSecret, type Secret } from '../secrets/secret.ts';
import { readTokenDetails } from '../session/token-details.ts';
import { findTokens, mask } from './find-tokens.ts';
import type { HeldToken } from './held-token.ts';

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

/** Longest text that is searched. */
const MAX_CHARACTERS = 1_000_000;
/** A region that does not answer must not hold up the others, ms. */
const ASK_TIMEOUT_MS = 10_000;
/** A panel that was left open, or a window that crashed, does not keep a stranger's token for ever, ms. */
const FORGET_AFTER_MS = 30 * 60_000;

interface Place {
  readonly region: ConnectionRegion;
  readonly hosts: Hosts;
  readonly host: string;
}

/** Finds out what a leaked token is, and ends it. The tokens are in memory here, from `find` to `close`. */
export class Triage {
  readonly #deps: TriageDeps;
  #held = new Map<string, HeldToken>();
  /** Aborted when the panel closes, so that no answer comes after it. */
  #panel = new AbortController();
  #finds = 0;

  constructor(deps: TriageDeps) {
    this.#deps = deps;
  }

  /** @throws AppFailure `invalid-input` when there is no text, or too much */
  async find(input: SecretInput): Promise<TriageFinding> {
    const { clock, random, readClipboard } = this.#deps;
    const text = input.from === 'typed' ? input.value : await readClipboard();
    if (text.trim() === '') throw failure('invalid-input', 'There is no text.');
    if (text.length > MAX_CHARACTERS)
      throw failure('invalid-input', 'The text is longer than a million characters.');
    this.close();
    this.#finds += 1;
    const { tokens: found, total } = findTokens(text);
    const tokens = found.map(({ value, ...about }, index) => {
      const id = `${this.#finds}-${index + 1}`;
      const recordId = timedId(clock.now(), random);
      const masked = mask(value);
      const nothingDone = { revokedAt: null, perhapsRevokedAt: null, home: null };
      this.#held.set(id, { token: createSecret(value), masked, recordId, ...nothingDone });
      return { id, masked, characters: value.length, ...about };
    });
    void clock.sleep(FORGET_AFTER_MS, this.#panel.signal).then(
      () => this.close(),
      () => undefined,
    );
    return { tokens, total };
  }

  /**
   * Where asking would send the token; nothing is sent.
   * @throws AppFailure `no-such-item`, `invalid-input` when a host is not the one that the window shows, `demo-failed`
   */
  async readyToAsk(
    request: TriageAsk,
  ): Promise<{ readonly masked: string; readonly places: readonly AskedPlace[] }> {
    const { masked } = this.#heldOf(request.tokenId);
    const places = await this.#placesOf(request);
    return { masked, places: places.map(({ region, host }) => ({ region, host })) };
  }

  /** @throws AppFailure `no-such-item`, `invalid-input` when a host was not agreed to, or any code of the API */
  async ask(request: TriageAsk): Promise<TriageAnswer> {
    const { clock, isOwnToken } = this.#deps;
    const held = this.#heldOf(request.tokenId);
    const { signal } = this.#panel;
    // One listener for each region: no leak that Node has to warn of.
    setMaxListeners(4 * request.regions.length + 10, signal);
    const places = await this.#placesOf(request);
    // One region is asked everything at once, and without touching the token's idle countdown.
    let answers: readonly RegionAnswer[] =
      places.length === 1
        ? []
        : await Promise.all(places.map((place) => this.#askRegion(place, held.token, signal)));
    // A proxy may take HEAD in a region's place, so the first that says yes is not always the one that knows it.
    const accepted = places.filter((_, n) => places.length === 1 || answers[n]?.answer === 'accepted');
    const failures: unknown[] = [];
    for (const { region, hosts, host } of accepted) {
      const client = this.#clientFor(held.token, hosts);
      try {
        const details = await readTokenDetails(client, clock, null, signal);
        const who = details.user?.name ?? details.client?.name ?? 'an OAuth client';
        held.home = { client, host, who, organization: details.organization.name };
        const own = isOwnToken(held.token);
        return { kind: 'alive', region, host, details, own, answers, at: nowIso(clock) };
      } catch (error) {
        signal.throwIfAborted();
        const isRefused = error instanceof AppFailure && error.error.code === 'signed-out';
        const refused: RegionAnswer = { region, host, answer: 'refused', status: 401 };
        if (!isRefused) failures.push(error);
        else
          answers =
            answers.length === 0 ? [refused] : answers.map((one) => (one.host === host ? refused : one));
      }
    }
    if (failures.length > 0) throw failures[0];
    return { kind: 'not-accepted', answers, at: nowIso(clock) };
  }

  /** Whether that token is in memory still. */
  holds(tokenId: string): boolean {
    return this.#held.has(tokenId);
  }

  /** Whose it is, as the region that accepted it said. @throws AppFailure `no-such-item` */
  ownerOf(tokenId: string): TokenOwner {
    const { host, who, organization } = this.#homeOf(tokenId);
    const { masked, token } = this.#heldOf(tokenId);
    return { masked, host, who, organization, own: this.#deps.isOwnToken(token) };
  }

  /** @throws AppFailure when the token may still be valid */
  async revoke(tokenId: string): Promise<TriageRevoked> {
    const { clock } = this.#deps;
    const { client } = this.#homeOf(tokenId);
    const held = this.#heldOf(tokenId);
    try {
      await deleteMyToken(client, this.#panel.signal);
    } catch (error) {
      if (error instanceof AppFailure && LEAVES_END_OPEN.has(error.error.code))
        held.perhapsRevokedAt = nowIso(clock);
      throw error;
    }
    const at = nowIso(clock);
    held.revokedAt = at;
    const { signal } = this.#panel;
    try {
      return { at, verified: await verifyToken(client, clock, signal) };
    } catch {
      signal.throwIfAborted();
      return { at, verified: null };
    }
  }

  close(): void {
    this.#panel.abort(failure('cancelled', 'The panel was closed.'));
    this.#panel = new AbortController();
    this.#held = new Map();
  }

  /** What a record of that token is kept under, with what main itself knows of it. @throws AppFailure `no-such-item` */
  recordOf(tokenId: string): Omit<KeptRecord, 'text'> {
    const { masked, recordId, revokedAt, perhapsRevokedAt, home } = this.#heldOf(tokenId);
    const { who = null, organization = null, host = null } = home ?? {};
    const keptAt = nowIso(this.#deps.clock);
    return { recordId, keptAt, masked, who, organization, host, revokedAt, perhapsRevokedAt };
  }

  /** For refusing to write a record that holds one. */
  mentionsToken(text: string): boolean {
    return [...this.#held.values()].some(({ token }) => holdsSecret(text, token));
  }

  #heldOf(tokenId: string): HeldToken {
    const found = this.#held.get(tokenId);
    if (found) return found;
    throw failure('no-such-item', 'This token is no longer in memory.');
  }

  #homeOf(tokenId: string): NonNullable<HeldToken['home']> {
    const { home } = this.#heldOf(tokenId);
    if (home) return home;
    throw failure('no-such-item', 'No region has accepted this token yet.');
  }

  #clientFor(token: Secret, hosts: Hosts, timeoutMs?: number): ApiClient {
    const { fetch, random, clock } = this.#deps;
    const limit = timeoutMs === undefined ? {} : { timeoutMs };
    return singleTokenClient({ hosts, token, fetch, clock, random, ...limit });
  }

  async #placesOf({ regions, agreedHosts }: TriageAsk): Promise<readonly Place[]> {
    const places = await Promise.all(
      regions.map(async (region) => ({
        region,
        hosts: await this.#deps.hostsOf(region),
        host: agreedHostOf(region),
      })),
    );
    if (places.some(({ host }) => !agreedHosts.includes(host)))
      throw failure('invalid-input', 'The hosts of these regions are not those that were shown.');
    return places;
  }

  /** Never repeated. A 401 counts in the API's own words alone, or a proxy's would make a living token a dead one. */
  async #askRegion(
    { region, hosts, host }: Place,
    token: Secret,
    signal: AbortSignal,
  ): Promise<RegionAnswer> {
    const client = this.#clientFor(token, hosts, ASK_TIMEOUT_MS);
    try {
      const { valid, status } = await verifyToken(client, this.#deps.clock, signal);
      return { region, host, answer: valid ? 'accepted' : 'refused', status };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppFailure)) throw error;
      const { code, details } = error.error;
      // It knows the token, and would not take it from here.
      const answer = code === 'ip-not-allowed' ? 'accepted' : 'no-answer';
      return { region, host, answer, status: details?.status ?? null };
    }
  }
}

/** The host as the person agreed to it, whatever a test puts in its place. */
function agreedHostOf(region: ConnectionRegion): string {
  const host = apiHostOf(region);
  if (host !== undefined) return host;
  throw failure('invalid-input', 'This region has no host.');
}
