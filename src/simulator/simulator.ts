import { answerApi } from './api.ts';
import { answerControl, type Controls } from './control.ts';
import type { Fault } from './faults.ts';
import { startListener } from './http/listener.ts';
import type { Ledger } from './ledger.ts';
import { answerLogin, loginPatterns } from './login.ts';
import { optionsSchema, type SimulatorOptions } from './options.ts';
import { createOrg, type Org } from './org/org.ts';
import { routes } from './routes/routes.ts';
import { createClients, type Clients } from './tokens/clients.ts';
import { createDirectory } from './users/directory.ts';
import { createWorld } from './world.ts';

export interface Simulator {
  /** Base of the API host, e.g. `http://127.0.0.1:41234`. */
  readonly api: string;
  /** Base of the login host: another origin, as at Genesys. */
  readonly login: string;
  /** Client credentials that may do everything. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Access token of an administrator who holds every permission, and that administrator's id. */
  readonly token: string;
  readonly userId: string;
  /** All OAuth clients: `full` and `limited` client credentials, `pkce`, and Genesys' own `builtIn`. */
  readonly clients: Clients;
  /** The org as it was made, for looking users, groups and roles up. */
  readonly org: Org;
  /** A real token of that user, as if they had signed in. @throws when there is no such user. */
  issueToken(userId: string, client?: keyof Clients): string;
  ledger(): Ledger;
  /** @throws Error when a fault could never happen. */
  addFaults(...faults: readonly Fault[]): void;
  /** Back to the start: same org, same first token, empty ledger, no faults. */
  reset(): void;
  /** Ends all connections and frees both ports. */
  close(): Promise<void>;
}

/** Time and whatever else tests own. */
export interface SimulatorPorts {
  /** Wall clock, ms since the epoch. */
  readonly now: () => number;
}

/**
 * Starts the simulated Genesys Cloud API on loopback: two hosts, an org made from a seed, real tokens inside.
 * @throws when an option is out of range or a port is taken.
 */
export const startSimulator = async (
  options: SimulatorOptions = {},
  { now }: SimulatorPorts = { now: Date.now },
): Promise<Simulator> => {
  const settings = optionsSchema.parse(options);
  const org = createOrg(settings);
  const clients = createClients(org, settings.clientScopes);
  const parts = {
    org,
    clients,
    settings,
    directory: createDirectory(org, settings.usernames),
    patterns: [...routes.map(({ pattern }) => pattern), ...loginPatterns],
    startedAt: now(),
  };
  let world = createWorld(parts, now());

  const controls: Controls = {
    ledger: () => world.ledger.read(),
    addFaults: (faults) => world.faults.add(faults),
    reset: () => {
      world = createWorld(parts, now());
    },
  };

  const api = await startListener(settings.port, now, async (request) => {
    const answer = await answerControl(controls, request);
    return answer ? { answer, delayMs: 0, delivery: 'whole' } : answerApi(world, request, now());
  });
  const login = await startListener(settings.loginPort, now, (request) =>
    answerLogin(world, request, now()),
  ).catch(async (error: unknown) => {
    await api.close();
    throw error;
  });

  return {
    api: api.origin,
    login: login.origin,
    clientId: clients.full.id,
    clientSecret: clients.full.secret ?? '',
    get token() {
      return world.adminToken.value;
    },
    userId: world.adminToken.user?.id ?? '',
    clients,
    org,
    issueToken: (userId, client = 'pkce') => {
      const user = org.byId(userId);
      if (!user) throw new Error(`no user with id ${userId}`);
      return world.tokens.issue(clients[client], user, now()).value;
    },
    ledger: controls.ledger,
    addFaults: (...faults) => controls.addFaults(faults),
    reset: controls.reset,
    close: async () => {
      await Promise.all([api.close(), login.close()]);
    },
  };
};
