import type { KeychainState } from '../../../shared/app.ts';
import type { Permission, PermissionState, SecretPlace, SignInMethod } from '../../../shared/connection.ts';
import { findRegion, type ConnectionRegion } from '../../../shared/regions.ts';

interface PermissionLabel {
  /** As the Genesys Cloud admin UI writes it. */
  readonly name: string;
  /** The view that needs it. */
  readonly view: string;
  readonly allows: string;
  readonly without: string;
}

export const PERMISSION_LABELS: Readonly<Record<Permission, PermissionLabel>> = {
  'oauth:token:delete': {
    name: 'OAuth > Token > Delete',
    view: 'Revoke',
    allows: 'Revoke the tokens of other users.',
    without: 'You can prepare and check a list, but not revoke anyone’s tokens.',
  },
  'directory:organization:admin': {
    name: 'Directory > Organization > Admin',
    view: 'Idle timeout',
    allows: 'Change the idle timeout.',
    without: 'You can see the idle timeout, but not change it.',
  },
  'directory:user:view': {
    name: 'Directory > User > View',
    view: 'Revoke',
    allows: 'Find users by email address or name.',
    without: 'Email addresses cannot be looked up; lists must hold user ids.',
  },
};

export const PERMISSION_STATE_LABELS: Readonly<Record<PermissionState, string>> = {
  held: 'Yes',
  missing: 'Missing',
  unknown: 'Not known until tried',
};

/** A sentence for each state of the keychain: may secrets be kept, and if not, why. */
export function keychainSentence(state: KeychainState): string {
  if (state.kind === 'ready') return 'Secrets are kept in this computer’s keychain.';
  switch (state.reason) {
    case 'missing':
      return 'This computer has no keychain that the app can use, so secrets are kept in memory and forgotten when the app closes.';
    case 'no-bus':
      return 'There is no desktop session in which a keychain could run, so secrets are kept in memory and forgotten when the app closes.';
    case 'no-service':
      return 'No keychain service runs on this desktop (GNOME Keyring and KWallet are two), so secrets are kept in memory and forgotten when the app closes.';
    case 'dismissed':
      return 'The keychain’s prompt was closed without an answer. Until it is answered, secrets are forgotten when the app closes.';
    case 'unreachable':
      return 'The keychain does not answer, so secrets are kept in memory and forgotten when the app closes.';
    case 'locked':
      return 'The keychain is locked. Unlock it to keep secrets; until then they are forgotten when the app closes.';
    case 'timed-out':
      return 'The keychain did not answer in time. A prompt may be waiting behind another window; until it is answered, secrets are forgotten when the app closes.';
    case 'damaged':
      return 'What the keychain holds for this app cannot be read, so secrets are kept in memory and forgotten when the app closes.';
  }
}

export const SECRET_PLACE_LABELS: Readonly<Record<SecretPlace, string>> = {
  keychain: 'Secret in the keychain',
  memory: 'Secret for this session only',
  none: 'No secret stored',
};

export const SIGN_IN_METHOD_LABELS: Readonly<Record<SignInMethod, string>> = {
  demo: 'Demo organization',
  'client-credentials': 'Client credentials',
  pkce: 'Sign-in in the browser',
  'access-token': 'Access token',
};

const GRANTS: Readonly<Record<string, string>> = {
  CODE: 'Authorization code',
  TOKEN: 'Implicit (token)',
  'SAML2-BEARER': 'SAML2 bearer',
  PASSWORD: 'Password',
  'CLIENT-CREDENTIALS': 'Client credentials',
};

/** The grant of an OAuth client in words; an unknown one as the API says it. */
export const grantName = (grant: string): string => GRANTS[grant] ?? grant;

/** Where a connection lives, e.g. "Frankfurt" or the host of a custom region. */
export function regionName(region: ConnectionRegion): string {
  switch (region.kind) {
    case 'demo':
      return 'On this computer';
    case 'genesys':
      return findRegion(region.id)?.place ?? region.id;
    case 'custom':
      return hostOf(region.apiBase);
  }
}

/** The region with its technical name, e.g. "Frankfurt (eu-central-1, mypurecloud.de)". */
export function regionDetail(region: ConnectionRegion): string {
  if (region.kind !== 'genesys') return regionName(region);
  const known = findRegion(region.id);
  return known ? `${known.place} (${known.id}, ${known.host})` : region.id;
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
