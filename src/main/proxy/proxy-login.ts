import { z } from 'zod';
import type { ProxyAsking, ProxySignInRequest } from '../../shared/proxy.ts';
import type { Clock } from '../clock.ts';
import { failure } from '../failure.ts';
import { createSecret, type Secret } from '../secrets/secret.ts';
import type { SecretKey, SecretStore } from '../secrets/store.ts';

/** What Electron tells when a request is asked for a password. */
export interface LoginChallenge {
  readonly isProxy: boolean;
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly realm: string;
}

interface Credentials {
  readonly user: string;
  readonly password: string;
}

/**
 * One request to an address through the proxy, without any secret of ours. `answer` is called for each challenge; null
 * gives up. Resolves to whether an answer came that is not the proxy's refusal.
 */
export type ProbeProxy = (
  address: string,
  answer: (challenge: LoginChallenge) => Promise<Credentials | null>,
) => Promise<boolean>;

export interface ProxyLogin {
  /** The proxy that waits for a person now; null when none does. */
  readonly asking: ProxyAsking | null;
  /** A request met a proxy that wants a password. Resolves to whether it may be sent again, with one known by now. */
  unlock(address: string): Promise<boolean>;
  /** The person has agreed to it. @throws AppFailure `no-such-item` when no proxy asks, `proxy-sign-in` when it refused. */
  signIn(request: ProxySignInRequest): Promise<null>;
  /** Deletes what is kept for that proxy. */
  forget(proxy: string): Promise<void>;
}

/** A proxy that was not unlocked is not tried again for every call of a run, ms. */
const WAIT_MS = 15_000;

const stored = z.object({ user: z.string(), password: z.string() });

/** `host:port`, what a password belongs to: it never goes to another. */
const nameOf = ({ host, port }: Pick<LoginChallenge, 'host' | 'port'>): string => `${host}:${port}`;

const keyOf = (proxy: string): SecretKey => ({ connectionId: `proxy:${proxy}`, kind: 'proxy-password' });

/**
 * The password of a proxy. `net.fetch` cancels every challenge, but what `net.request` was told serves both from then on:
 * Chromium keeps it for as long as it runs. So a request that met a proxy is preceded by one that answers it.
 * https://github.com/electron/electron/blob/v45.4.1/lib/common/api/net-client-request.ts
 */
export function createProxyLogin(options: {
  readonly probe: ProbeProxy;
  readonly keychain: SecretStore;
  readonly clock: Clock;
  readonly onChange: (asking: ProxyAsking | null) => void;
  /** A password was kept for that proxy. */
  readonly onKept: (proxy: string) => void;
}): ProxyLogin {
  const { probe, keychain, clock, onChange, onKept } = options;
  let asking: ProxyAsking | null = null;
  /** The address that could not be reached without. */
  let address: string | null = null;
  let unlocking: Promise<boolean> | null = null;
  let refusedAt = -Infinity;

  const setAsking = (next: ProxyAsking | null): void => {
    if (JSON.stringify(next) === JSON.stringify(asking)) return;
    asking = next;
    onChange(asking);
  };

  const kept = async (proxy: string): Promise<Credentials | null> => {
    const found = await keychain.get(keyOf(proxy));
    if (found.kind !== 'found') return null;
    const parsed = stored.safeParse(parseJson(found.secret));
    return parsed.success ? parsed.data : null;
  };

  /** @param know for the first challenge of each proxy; a second one says that it was wrong. */
  const tryWith = async (
    to: string,
    know: (challenge: LoginChallenge) => Promise<Credentials | null>,
  ): Promise<{ readonly open: boolean; readonly challenge: LoginChallenge | null }> => {
    const answered = new Set<string>();
    let challenge: LoginChallenge | null = null;
    const open = await probe(to, async (asked) => {
      if (!asked.isProxy) return null; // a password for a server would be somebody else's business
      challenge = asked;
      if (answered.has(nameOf(asked))) return null;
      answered.add(nameOf(asked));
      return know(asked);
    });
    return { open, challenge };
  };

  const unlockOnce = async (to: string): Promise<boolean> => {
    const { open, challenge } = await tryWith(to, (asked) => kept(nameOf(asked)));
    if (open) {
      setAsking(null);
      return true;
    }
    refusedAt = clock.monotonic();
    if (challenge !== null) {
      const { host, port, realm, scheme } = challenge;
      address = to;
      setAsking({ host, port, realm: realm.slice(0, 200), scheme: scheme.slice(0, 20) });
    }
    return false;
  };

  return {
    get asking() {
      return asking;
    },
    unlock: (to) => {
      if (unlocking) return unlocking;
      if (clock.monotonic() - refusedAt < WAIT_MS) return Promise.resolve(false);
      unlocking = unlockOnce(to).finally(() => {
        unlocking = null;
      });
      return unlocking;
    },
    signIn: async ({ user, password, remember }) => {
      const proxy = asking;
      const to = address;
      if (!proxy || to === null) throw failure('no-such-item', 'No proxy asks for a password now.');
      const { open } = await tryWith(to, (asked) =>
        Promise.resolve(nameOf(asked) === nameOf(proxy) ? { user, password } : null),
      );
      if (!open) throw failure('proxy-sign-in', `The proxy ${nameOf(proxy)} did not accept them.`);
      refusedAt = -Infinity;
      setAsking(null);
      if (remember) {
        const secret = createSecret(JSON.stringify({ user, password }));
        const { kind } = await keychain.set(keyOf(nameOf(proxy)), secret);
        if (kind === 'stored') onKept(nameOf(proxy));
      }
      return null;
    },
    forget: async (proxy) => {
      await keychain.delete(keyOf(proxy));
    },
  };
}

function parseJson(secret: Secret): unknown {
  try {
    return JSON.parse(secret.reveal());
  } catch {
    return null;
  }
}
