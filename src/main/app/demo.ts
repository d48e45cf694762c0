import type { Simulator } from '../../simulator/index.ts';
import type { Storage } from '../storage.ts';
import type { RunningDemo } from '../session/grants.ts';
import { demoOverride } from './environment.ts';

/** Life of a token in the demo organisation, s. */
const TOKEN_SECONDS = 86_400;

let starting: Promise<Simulator> | null = null;

/**
 * The demo organisation on loopback, with a token of its own for each signing in, since the last one may have been
 * revoked. It is started once, and its code is loaded only then.
 */
export async function startDemo(): Promise<RunningDemo> {
  starting ??= launch();
  try {
    const demo = await starting;
    const token = demo.issueToken(demo.userId);
    return { apiBase: demo.api, loginBase: demo.login, token, expiresInSeconds: TOKEN_SECONDS };
  } catch (error) {
    starting = null;
    throw error;
  }
}

/** Begins to start it where the first sign-in will be to it: an app that starts for the first time, or was last in the demo. */
export function warmDemo({ connectionsFile, settings }: Pick<Storage, 'connectionsFile' | 'settings'>): void {
  const { connections } = connectionsFile.value;
  const last = connections.find(({ id }) => id === settings.all.lastConnectionId);
  if (connections.length > 0 && last?.region.kind !== 'demo') return;
  starting ??= launch();
  // Whoever signs in to it is told why it failed.
  starting.catch(() => undefined);
}

async function launch(): Promise<Simulator> {
  const { startSimulator } = await import('../../simulator/index.ts');
  return startSimulator({ ...demoOverride(), tokenSeconds: TOKEN_SECONDS });
}

/** A short list of people of the demo organisation, to try with. @throws when the demo does not start. */
export async function demoList(): Promise<string> {
  const [{ org }, { demoListCsv }] = await Promise.all([
    (starting ??= launch()),
    import('../../simulator/demo-list.ts'),
  ]);
  return demoListCsv(org);
}
