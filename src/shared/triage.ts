import type { TokenDetails, VerifyResult } from './connection.ts';
import type { ConnectionRegion } from './regions.ts';
import type { ErrorCode } from './result.ts';

/** Where in a text a token hid. `alone`: the text is nothing but the token. */
export type TokenPlace = 'alone' | 'bearer' | 'field' | 'address' | 'loose';

/**
 * Whether a token stood in the text as a whole. `joined`: it was broken over lines and put together. `maybe-cut`: it is
 * shorter than Genesys Cloud's own, so that "not accepted" proves nothing.
 */
export type TokenWholeness = 'whole' | 'joined' | 'maybe-cut';

/** A token that was found in a text; main keeps it in memory until the panel closes. */
export interface FoundToken {
  readonly id: string;
  /** Its first and last characters, the rest as dots. */
  readonly masked: string;
  readonly characters: number;
  readonly place: TokenPlace;
  /** 1-based line of the text in which it was met first. */
  readonly line: number;
  readonly wholeness: TokenWholeness;
  /** AWS region of the Genesys host that the text names nearest to it; null where it names none. */
  readonly regionId: string | null;
}

export interface TriageFinding {
  /** Most certain first; at most ten. Empty when the text has none. */
  readonly tokens: readonly FoundToken[];
  /** How many the text has. */
  readonly total: number;
}

export interface TriageAsk {
  readonly tokenId: string;
  /** One when it is known, otherwise those to try. */
  readonly regions: readonly ConnectionRegion[];
  /** API hosts as the window shows them beforehand: main refuses when they are not those that it would ask for. */
  readonly agreedHosts: readonly string[];
}

/** What one region's API host said of a token. */
export interface RegionAnswer {
  readonly region: ConnectionRegion;
  readonly host: string;
  readonly answer: 'accepted' | 'refused' | 'no-answer';
  /** HTTP status; null without an answer. */
  readonly status: number | null;
}

export type TriageAnswer =
  /** No region accepted it. While one gave no answer, that proves nothing. */
  | { readonly kind: 'not-accepted'; readonly answers: readonly RegionAnswer[]; readonly at: string }
  | {
      readonly kind: 'alive';
      readonly region: ConnectionRegion;
      readonly host: string;
      readonly details: TokenDetails;
      /** The very token this app is signed in with. */
      readonly own: boolean;
      readonly answers: readonly RegionAnswer[];
      readonly at: string;
    };

/** What was found out and done about a leaked token, kept beside the runs: never the token itself. */
export interface KeptRecord {
  readonly recordId: string;
  /** ISO 8601. */
  readonly keptAt: string;
  readonly masked: string;
  /** Whose it is, in which org, at which host: null where no region accepted it. */
  readonly who: string | null;
  readonly organization: string | null;
  readonly host: string | null;
  /** ISO 8601; null when it was not ended from here. */
  readonly revokedAt: string | null;
  /** ISO 8601, when its end was asked for and no clear answer came; it may have ended then. */
  readonly perhapsRevokedAt?: string | null | undefined;
  /** For the incident file, as it is exported. */
  readonly text: string;
}

/** Errors that leave open whether a token has ended: the call may have been carried out all the same. */
export const LEAVES_END_OPEN: ReadonlySet<ErrorCode> = new Set([
  'offline',
  'timed-out',
  'portal',
  'not-trusted',
  'server-failed',
  'conflict',
  'unexpected-answer',
]);

/** After the call that ends a token: the check whether it is dead. */
export interface TriageRevoked {
  /** ISO 8601, when the API confirmed. */
  readonly at: string;
  /** Null when the check got no usable answer: revoked all the same. */
  readonly verified: VerifyResult | null;
}
