import type { ApiClient } from '../genesys/http.ts';
import type { Secret } from '../secrets/secret.ts';

/** A leaked token while its panel is open, and what was found out and done about it. */
export interface HeldToken {
  readonly token: Secret;
  readonly masked: string;
  /** Of the record that is kept of it; the same each time. */
  readonly recordId: string;
  /** ISO 8601. */
  revokedAt: string | null;
  /** ISO 8601, when its end was asked for and no clear answer came. */
  perhapsRevokedAt: string | null;
  /** The region that accepted it, with its client and what it said; null until one has. */
  home: {
    readonly client: ApiClient;
    readonly host: string;
    readonly who: string;
    readonly organization: string;
  } | null;
}
