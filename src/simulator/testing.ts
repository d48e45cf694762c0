import { afterEach } from 'vitest';
import { startSimulator, type Simulator, type SimulatorOptions } from './index.ts';

/** A clock that moves only when told. */
const createTestClock = (start = Date.UTC(2026, 10, 21)) => {
  let time = start;
  return {
    now: () => time,
    /** @param seconds how far to move on. */
    advance: (seconds: number) => {
      time += seconds * 1000;
    },
  };
};

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON body; undefined when there is none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** Calls the API of a simulator, with the administrator's token unless told. */
export const call = async (
  simulator: Simulator,
  request: string,
  { token = simulator.token, body }: { readonly token?: string; readonly body?: unknown } = {},
): Promise<Reply> => {
  const [method = 'GET', path = '/'] = request.split(' ');
  const response = await fetch(`${simulator.api}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = text === '' ? undefined : (JSON.parse(text) as Reply['body']);
  return { status: response.status, headers: response.headers, text, body: parsed };
};

/** What the login page sends the browser back to, when a person decides so and is the administrator. */
export const decide = async (
  simulator: Simulator,
  address: string,
  decision: 'allow' | 'deny',
): Promise<URL> => {
  const url = new URL(address);
  const form = new URLSearchParams(url.search);
  form.set('decision', decision);
  form.set('user', simulator.userId);
  const answer = await fetch(url.origin + url.pathname, { method: 'POST', body: form, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
};

/** A person who allows everything at once; the browser comes back meanwhile. */
export const allowAtOnce = async (simulator: Simulator, address: string): Promise<void> => {
  const back = await decide(simulator, address, 'allow');
  void fetch(back).catch(() => undefined);
};

/** @returns a function that starts simulators which end with the test. */
export const useSimulators = () => {
  const running: Simulator[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((simulator) => simulator.close()));
  });
  return async (options: SimulatorOptions = {}, clock = createTestClock()) => {
    const simulator = await startSimulator({ users: 60, limit: 1000, ...options }, clock);
    running.push(simulator);
    return { simulator, clock };
  };
};
