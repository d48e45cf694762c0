import type { SecretsUnavailable } from './store.ts';

type Reason = SecretsUnavailable['reason'];

/**
 * The messages of libsecret, gnome-keyring, KDE and macOS, as they were seen or as their sources have them.
 * The first that fits decides; "locked" stands before "unreachable" since both can name the service.
 */
const REASONS: readonly (readonly [RegExp, Reason])[] = [
  // gnome-keyring with a locked keyring whose prompt nobody could see.
  [/locked collection|is locked|IsLocked/i, 'locked'],
  // gnome-keyring that was never unlocked: it has no login keyring yet, and making one needs a prompt.
  [/Object does not exist at path .*\/secrets\/collection/i, 'locked'],
  // macOS, when it may not show its prompt; a wrong password typed into one.
  [/user interaction is not allowed|passphrase you entered is not correct/i, 'locked'],
  // A prompt that was closed (libsecret, macOS).
  [/dismissed|cancell?ed/i, 'dismissed'],
  [
    /autolaunch D-Bus|DBUS_SESSION_BUS_ADDRESS|unsupported transport|could not connect|session bus/i,
    'no-bus',
  ],
  // KDE and window managers without a Secret Service.
  [/not provided by any \.service|ServiceUnknown|Spawn\./i, 'no-service'],
  [/connection (refused|is closed|reset)|NoReply/i, 'unreachable'],
  [/unencodable|invalid (secret|value|utf)|decode|decrypt|corrupt/i, 'damaged'],
];

/** Sorts a message of the keychain into the reasons the app has words for. One it does not know counts as unreachable. */
export function unavailableBecause(message: string): SecretsUnavailable {
  const reason = REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? 'unreachable';
  return { kind: 'unavailable', reason, message };
}

/** What Windows says to an item above its limit (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
export const isTooLargeForWindows = (message: string): boolean => /stub received bad data/i.test(message);
