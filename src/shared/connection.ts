import type { ConnectionRegion } from './regions.ts';
import type { AppError } from './result.ts';

export type SignInMethod = 'demo' | 'client-credentials' | 'pkce' | 'access-token';

export interface NamedEntity {
  readonly id: string;
  readonly name: string;
}

/** An org in a region with a way to sign in. Metadata only; the secrets are in the keychain. */
export interface Connection {
  readonly id: string;
  readonly label: string;
  readonly method: SignInMethod;
  readonly region: ConnectionRegion;
  /** Null for a pasted token, whose client is only known to the API. */
  readonly clientId: string | null;
  readonly organization: NamedEntity;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601 expiry of the token that is kept: told once, when it was issued. */
  readonly tokenExpiresAt?: string;
}

/** A secret on its way to main: typed (and then never sent back), or read from the clipboard by main itself. */
export type SecretInput = { readonly from: 'typed'; readonly value: string } | { readonly from: 'clipboard' };

/** `remember: false` keeps the secret in main's memory for this session only. */
export type SignInRequest =
  | { readonly method: 'demo' }
  | {
      readonly method: 'client-credentials';
      readonly region: ConnectionRegion;
      readonly clientId: string;
      readonly clientSecret: SecretInput;
      readonly label: string;
      readonly remember: boolean;
    }
  | {
      readonly method: 'access-token';
      readonly region: ConnectionRegion;
      readonly token: SecretInput;
      readonly label: string;
      readonly remember: boolean;
    }
  /** Authorization code with PKCE in the system browser. */
  | {
      readonly method: 'pkce';
      readonly region: ConnectionRegion;
      readonly clientId: string;
      /** Ask for the password even when the browser still has a session (`prompt=login`). */
      readonly promptLogin: boolean;
      /** Straight to the org's single sign-on; the API wants both or neither. */
      readonly sso: { readonly organization: string; readonly provider: string } | null;
      readonly label: string;
      readonly remember: boolean;
    };

/** What the app needs a token to be allowed, by the API's permission names. */
export type Permission = 'oauth:token:delete' | 'directory:organization:admin' | 'directory:user:view';

/** Client credentials cannot always be asked, so "unknown" is an answer: the first call will tell. */
export type PermissionState = 'held' | 'missing' | 'unknown';

export type Permissions = Readonly<Record<Permission, PermissionState>>;

/** Where this connection's secret is. */
export type SecretPlace = 'keychain' | 'memory' | 'none';

export type SessionState =
  | { readonly kind: 'signed-out' }
  | {
      readonly kind: 'signed-in';
      readonly connection: Connection;
      readonly token: TokenDetails;
      readonly secretPlace: SecretPlace;
      /** Why a secret that was to be remembered is in memory only. */
      readonly notKept?: AppError;
    }
  /** The API answered 401: the token is dead. Work is kept; signing in again goes on. */
  | { readonly kind: 'expired'; readonly connection: Connection };

export interface OAuthClientDetails {
  readonly id: string;
  readonly name: string;
  /** The API's own value: CODE, TOKEN, SAML2-BEARER, PASSWORD, CLIENT-CREDENTIALS, or one from the future. */
  readonly grant: string;
  readonly state: string | null;
  readonly scopes: readonly string[];
  /** Null is what the API did not tell. */
  readonly roleDivisions: readonly { readonly roleId: string | null; readonly divisionId: string | null }[];
  /** ISO 8601, when Genesys will delete an inactive client. */
  readonly deletedOn: string | null;
  readonly organization: NamedEntity | null;
  /** Genesys' own client (its UI, for example), recognised by the owning organisation `purecloud-builtin`. */
  readonly builtIn: boolean;
}

export interface UserDetails {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly title: string | null;
  readonly department: string | null;
  readonly division: NamedEntity | null;
}

/** All that `GET /tokens/me` and `GET /users/me` say, without the token itself. Every field of TokenInfo is optional in the API. */
export interface TokenDetails {
  readonly organization: NamedEntity | null;
  readonly homeOrganization: NamedEntity | null;
  readonly client: OAuthClientDetails | null;
  /** Null when the API did not tell. */
  readonly authorizedScopes: readonly string[] | null;
  /** Null when the user is no clone; null within it is what the API did not tell. */
  readonly clonedUser: { readonly id: string | null; readonly organizationId: string | null } | null;
  /** The API's own value (active, inactive, deleted), where it was asked. */
  readonly organizationState: string | null;
  /** Null for client credentials, which have no user. */
  readonly user: UserDetails | null;
  readonly permissions: Permissions;
  /** Every permission the user holds, as the API names them; null where it cannot be asked. */
  readonly allPermissions: readonly string[] | null;
  /** ISO 8601; null when idle timeout is off or unknown. */
  readonly idlesAt: string | null;
  /** ISO 8601, from `expires_in` at signing in; null for a pasted token, whose expiry the API does not tell. */
  readonly expiresAt: string | null;
  /** ISO 8601 time at which all this was read. */
  readonly readAt: string;
  /** `GET /tokens/me` as the API answered it, pretty-printed: what "Copy as JSON" copies. */
  readonly json: string;
}

export interface VerifyResult {
  readonly valid: boolean;
  readonly status: number;
  readonly latencyMs: number;
  readonly at: string;
  readonly correlationId: string | null;
}
