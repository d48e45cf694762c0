import keytar from 'keytar';

/** What the system's keychain holds for that connection: read by the test itself, not by way of the app. */
const keychainItem = (connectionId: string, kind: 'client-secret' | 'access-token') =>
  keytar.getPassword('Tokendesk', `${connectionId}/${kind}`);

/** The secret in it; null when there is none. */
export async function inKeychain(
  connectionId: string,
  kind: 'client-secret' | 'access-token',
): Promise<string | null> {
  const item = await keychainItem(connectionId, kind);
  return item === null ? null : (JSON.parse(item) as { secret: string }).secret;
}
