import { demoOverride } from './overrides.ts';

interface Demo {
  readonly apiBase: string;
  readonly loginBase: string;
  /** Of an administrator who holds every permission the app needs. */
  readonly token: string;
  /** Life of that token, s. */
  readonly expiresInSeconds: number;
}

const TOKEN_SECONDS = 86_400;

let running: Promise<Demo> | null = null;

/** Starts the demo organisation on loopback, once, and only when somebody asks for it: its code is loaded then. */
export function startDemo(): Promise<Demo> {
  running ??= launch().catch((error: unknown) => {
    running = null;
    throw error;
  });
  return running;
}

async function launch(): Promise<Demo> {
  const { startSimulator } = await import('../../simulator/index.ts');
  const { api, login, token } = await startSimulator({ ...demoOverride(), tokenSeconds: TOKEN_SECONDS });
  return { apiBase: api, loginBase: login, token, expiresInSeconds: TOKEN_SECONDS };
}
