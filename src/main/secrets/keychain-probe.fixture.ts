// Run by keychain.integration.test.ts in an environment of its own: what the real keychain answers there, as JSON.
import { createKeychain } from './keychain.ts';
import { createSecret } from './secret.ts';

const keychain = createKeychain();
const key = { connectionId: 'integration-test', kind: 'access-token' } as const;
const value = `tok-${'x'.repeat(2000)}`;

const state = await keychain.state();
const before = await keychain.get(key);
const set = await keychain.set(key, createSecret(value));
const found = await keychain.get(key);
const other = await keychain.get({ ...key, kind: 'client-secret' });
const deleted = await keychain.delete(key);
const after = await keychain.get(key);

const same = found.kind === 'found' && found.secret.reveal() === value;
process.stdout.write(`${JSON.stringify({ state, before, set, found, same, other, deleted, after })}\n`);
