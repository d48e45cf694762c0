import { z } from 'zod';
import { createSecret, type Secret } from './secret.ts';

/** Where a secret may be sent. */
export interface SecretHosts {
  readonly apiBase: string;
  readonly loginBase: string;
}

/** An item as the keychain holds it, in short names: a Windows credential has 2,560 bytes. */
const item = z.strictObject({
  tokendesk: z.literal(1),
  secret: z.string().min(1),
  api: z.string(),
  login: z.string(),
});

/** A secret with its hosts in one item, so that no file beside the keychain decides where it goes. */
export const bindToHosts = (secret: Secret, { apiBase, loginBase }: SecretHosts): Secret =>
  createSecret(
    JSON.stringify({
      tokendesk: 1,
      secret: secret.reveal(),
      api: apiBase,
      login: loginBase,
    } satisfies z.input<typeof item>),
  );

/** What an item holds. `hosts` is null for one of an earlier version, which was the secret alone. */
export function readBound(kept: Secret): { readonly secret: Secret; readonly hosts: SecretHosts | null } {
  let value: unknown;
  try {
    value = JSON.parse(kept.reveal());
  } catch {
    return { secret: kept, hosts: null };
  }
  const parsed = item.safeParse(value);
  if (!parsed.success) return { secret: kept, hosts: null };
  const { secret, api, login } = parsed.data;
  return { secret: createSecret(secret), hosts: { apiBase: api, loginBase: login } };
}
