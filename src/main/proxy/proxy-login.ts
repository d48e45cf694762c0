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

/** A proxy that was not unlocked is not tried again for every call of a run, ms. */
const WAIT_MS = 15_000;

const stored = z.object({ user: z.string(), password: z.string() });

/** `host:port`, what a password belongs to: it never goes to another. */
const nameOf = ({ host, port }: Pick<LoginChallenge, 'host' | 'port'>): string => `${host}:${port}`;

const keyOf = (proxy: string): SecretKey => ({ connectionId: `proxy:${proxy}`, kind: 'proxy-password' });

interface ProxyLoginDeps {
  readonly probe: ProbeProxy;
  readonly keychain: SecretStore;
  readonly clock: Clock;
  readonly onChange: (asking: ProxyAsking | null) => void;
  /** A password was kept for that proxy. */
  readonly onKept: (proxy: string) => void;
}

/**
 * The password of a proxy. `net.fetch` cancels every challenge, but what `net.request` was told serves both from then on:
 * Chromium keeps it for as long as it runs. So a request that met a proxy is preceded by one that answers it.
 * https://github.com/electron/electron/blob/v45.4.1/lib/common/api/net-client-request.ts
 */
export class ProxyLogin {
  readonly #deps: ProxyLoginDeps;
  #asking: ProxyAsking | null = null;
  /** The address that could not be reached without. */
  #address: string | null = null;
  #unlocking: Promise<boolean> | null = null;
  #refusedAt = -Infinity;

  constructor(deps: ProxyLoginDeps) {
    this.#deps = deps;
  }

  /** The proxy that waits for a person now; null when none does. */
  get asking(): ProxyAsking | null {
    return this.#asking;
  }

  /** A request met a proxy that wants a password. Resolves to whether it may be sent again, with one known by now. */
  unlock(address: string): Promise<boolean> {
    if (this.#unlocking) return this.#unlocking;
    if (this.#deps.clock.monotonic() - this.#refusedAt < WAIT_MS) return Promise.resolve(false);
    this.#unlocking = this.#unlockOnce(address).finally(() => {
      this.#unlocking = null;
    });
    return this.#unlocking;
  }

  /** The person has agreed to it. @throws AppFailure `no-such-item` when no proxy asks, `proxy-sign-in` when it refused. */
  async signIn({ user, password, remember }: ProxySignInRequest): Promise<null> {
    const { keychain, onKept } = this.#deps;
    const proxy = this.#asking;
    const address = this.#address;
    if (!proxy || address === null) throw failure('no-such-item', 'No proxy asks for a password now.');
    const { open } = await this.#tryWith(address, (asked) =>
      Promise.resolve(nameOf(asked) === nameOf(proxy) ? { user, password } : null),
    );
    if (!open) throw failure('proxy-sign-in', `The proxy ${nameOf(proxy)} did not accept them.`);
    this.#refusedAt = -Infinity;
    this.#setAsking(null);
    if (remember) {
      const secret = createSecret(JSON.stringify({ user, password }));
      const { kind } = await keychain.set(keyOf(nameOf(proxy)), secret);
      if (kind === 'stored') onKept(nameOf(proxy));
    }
    return null;
  }

  /** Deletes what is kept for that proxy. */
  async forget(proxy: string): Promise<void> {
    await this.#deps.keychain.delete(keyOf(proxy));
  }

  #setAsking(next: ProxyAsking | null): void {
    if (JSON.stringify(next) === JSON.stringify(this.#asking)) return;
    this.#asking = next;
    this.#deps.onChange(next);
  }

  async #kept(proxy: string): Promise<Credentials | null> {
    const found = await this.#deps.keychain.get(keyOf(proxy));
    if (found.kind !== 'found') return null;
    const parsed = stored.safeParse(parseJson(found.secret));
    return parsed.success ? parsed.data : null;
  }

  /** @param know for the first challenge of each proxy; a second one says that it was wrong. */
  async #tryWith(
    address: string,
    know: (challenge: LoginChallenge) => Promise<Credentials | null>,
  ): Promise<{ readonly open: boolean; readonly challenge: LoginChallenge | null }> {
    const answered = new Set<string>();
    let challenge: LoginChallenge | null = null;
    const open = await this.#deps.probe(address, async (asked) => {
      if (!asked.isProxy) return null; // a password for a server would be somebody else's business
      challenge = asked;
      if (answered.has(nameOf(asked))) return null;
      answered.add(nameOf(asked));
      return know(asked);
    });
    return { open, challenge };
  }

  async #unlockOnce(address: string): Promise<boolean> {
    const { open, challenge } = await this.#tryWith(address, (asked) => this.#kept(nameOf(asked)));
    if (open) {
      this.#setAsking(null);
      return true;
    }
    this.#refusedAt = this.#deps.clock.monotonic();
    if (challenge !== null) {
      const { host, port, realm, scheme } = challenge;
      this.#address = address;
      this.#setAsking({ host, port, realm: realm.slice(0, 200), scheme: scheme.slice(0, 20) });
    }
    return false;
  }
}

function parseJson(secret: Secret): unknown {
  try {
    return JSON.parse(secret.reveal());
  } catch {
    return null;
  }
}
