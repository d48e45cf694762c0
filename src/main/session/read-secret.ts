import type { SecretInput } from '../../shared/connection.ts';
import { failure } from '../failure.ts';
import { createSecret, isSendable, type Secret } from '../secrets/secret.ts';

const MAX_CHARACTERS = 4096;

/** What a person calls the secret in question, for the message. */
type What = 'access token' | 'client secret';

/**
 * Takes a secret from the form or the clipboard and checks that it can be one: no white space inside, printable ASCII,
 * at most 4,096 characters. "Bearer " before a token is taken off, since people copy whole headers.
 * @throws AppFailure `invalid-input`, which never quotes what was typed.
 */
export async function readSecret(
  input: SecretInput,
  what: What,
  readClipboard: () => Promise<string>,
): Promise<Secret> {
  const given = (input.from === 'typed' ? input.value : await readClipboard()).trim();
  const value = what === 'access token' ? given.replace(/^(authorization:\s*)?bearer(\s+|$)/i, '') : given;
  if (value === '') {
    const place = input.from === 'clipboard' ? 'The clipboard has no text' : `The ${what} is empty`;
    throw failure('invalid-input', `${place}.`);
  }
  if (value.length > MAX_CHARACTERS) throw failure('invalid-input', `This is longer than a ${what} can be.`);
  const secret = createSecret(value);
  if (!isSendable(secret)) {
    throw failure('invalid-input', `This is not a ${what}: it has white space or characters beyond ASCII.`);
  }
  return secret;
}
