import keytar from 'keytar';

/** What the system's keychain holds for that connection: read by the test itself, not by way of the app. */
export const inKeychain = (connectionId: string, kind: 'client-secret' | 'access-token') =>
  keytar.getPassword('Tokendesk', `${connectionId}/${kind}`);
