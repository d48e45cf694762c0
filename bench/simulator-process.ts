import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Ledger } from '../src/simulator/index.ts';

export interface SimulatorProcess {
  readonly api: string;
  readonly login: string;
  readonly token: string;
  /** Of a client-credentials client, whose limit is that of the options; a user's token is held to 3,000 a minute. */
  readonly clientId: string;
  readonly clientSecret: string;
  ledger(): Promise<Ledger>;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** Longest that the simulator may take to be there, ms. */
const START_MS = 30_000;

/**
 * The simulated API in a process of its own, so that its work does not disturb what is measured.
 * @param options as `npm run simulator` takes them, without the dashes.
 */
export async function startSimulatorProcess(
  options: Readonly<Record<string, string | number>>,
): Promise<SimulatorProcess> {
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/simulator/cli.ts', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL'); // nothing in it is worth keeping
    await once(child, 'exit');
  };
  try {
    const lines = createInterface(child.stdout);
    const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(START_MS) })) as [string];
    const told = JSON.parse(line) as Omit<SimulatorProcess, 'ledger' | 'stop'>;
    const ledger = async (): Promise<Ledger> => {
      const response = await fetch(`${told.api}/__sim/ledger`);
      return (await response.json()) as Ledger;
    };
    return { ...told, ledger, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
