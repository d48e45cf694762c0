import { parseArgs } from 'node:util';
import { ZodError } from 'zod';
import type { SimulatorOptions } from './options.ts';
import { startSimulator } from './simulator.ts';

const USAGE = `npm run --silent simulator -- [options]
  --port N         port of the API (default 0: a free one); the login host takes N+1
  --users N        users in the org, 50 to 200000 (default 1000)
  --seed N         what the org is made from (default 1)
  --limit N        calls per token in a window (default 300)
  --window S       length of the window, seconds (default 60)
  --latency A-B    added to each answer, ms, between A and B (default 0-0)
`;

/** Prints what is wrong to stderr; 2 is the usual status for a wrong command line. */
const misuse = (message: string): never => {
  process.stderr.write(`simulator: ${message}\n\n${USAGE}`);
  process.exit(2);
};

const number = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^\d+(?:\.\d+)?$/.test(text)) return misuse(`--${name} must be a number, not "${text}"`);
  return Number(text);
};

const readOptions = (): SimulatorOptions => {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { port: option, users: option, seed: option, limit: option, window: option, latency: option },
  });
  const [, from, to] = /^(\d+)-(\d+)$/.exec(values.latency ?? '0-0') ?? [];
  if (from === undefined || to === undefined)
    return misuse(`--latency must be like 20-80, not "${values.latency ?? ''}"`);
  const port = number('port', values.port);
  return {
    port,
    loginPort: port === undefined || port === 0 ? 0 : port + 1,
    users: number('users', values.users),
    seed: number('seed', values.seed),
    limit: number('limit', values.limit),
    windowSeconds: number('window', values.window),
    latency: [Number(from), Number(to)],
  };
};

const describe = (error: unknown): string =>
  error instanceof ZodError
    ? error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    : error instanceof Error
      ? error.message
      : String(error);

const isMisuse = (error: unknown): boolean =>
  error instanceof ZodError ||
  (error instanceof TypeError && 'code' in error && /^ERR_PARSE_ARGS/.test(String(error.code)));

try {
  const simulator = await startSimulator(readOptions());
  const stop = (): void => {
    void simulator.close();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const { api, login, clientId, clientSecret, token, userId } = simulator;
  process.stdout.write(`${JSON.stringify({ api, login, clientId, clientSecret, token, userId })}\n`);
} catch (error) {
  if (isMisuse(error)) misuse(describe(error));
  process.stderr.write(`simulator: ${describe(error)}\n`);
  process.exitCode = 1;
}
