import type { Clock } from '../clock.ts';
import { failure } from '../failure.ts';
import type { Hosts } from './hosts.ts';
import { isPublicHost } from './public-host.ts';

/** What the system says that a name stands for: IP addresses. Rejects when it knows none. */
export type LookUp = (hostname: string) => Promise<readonly string[]>;

/** A name server that does not answer must not hold up a sign-in, ms. */
const LOOK_UP_MS = 3_000;

/** IPv4 behind a network's translator (RFC 6052): 64:ff9b::/96 with the address in its last 32 bits. */
function untranslated(address: string): string {
  if (!/^64:ff9b::/i.test(address)) return address;
  const [high = 0, low = 0] = new URL(`http://[${address}]`).hostname
    .slice('[64:ff9b::'.length, -1)
    .padStart(1, '0')
    .split(':')
    .map((group) => Number.parseInt(group, 16))
    .slice(-2);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * Refuses hosts whose name leads to this computer or into a private network. A name that this computer cannot resolve
 * passes: behind a proxy it is the proxy that does. An answer may be another by the time of the request; the dialog that
 * named the host stands against that.
 * @throws AppFailure `invalid-input`
 */
export async function refuseLocalNames(hosts: Hosts, lookUp: LookUp, clock: Clock): Promise<void> {
  const names = new Set([hosts.apiBase, hosts.loginBase].map((base) => new URL(base).hostname));
  const over = new AbortController();
  const tooLong = clock.sleep(LOOK_UP_MS, over.signal).then(
    () => [],
    () => [],
  );
  try {
    await Promise.all(
      [...names].map(async (name) => {
        const addresses = await Promise.race([lookUp(name).catch(() => []), tooLong]);
        const local = addresses.find((address) => !isPublicHost(untranslated(address)));
        if (local !== undefined)
          throw failure(
            'invalid-input',
            `${name} leads to ${local}, on this computer or in a private network. A custom host must be on the public internet.`,
          );
      }),
    );
  } finally {
    over.abort();
  }
}
