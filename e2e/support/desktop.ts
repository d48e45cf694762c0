import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { desktopCommand } from '../../scripts/desktop.mjs';

interface Surroundings {
  /** For a program that shall find these and no others. */
  readonly env: Readonly<Record<string, string>>;
  readonly end: () => Promise<void>;
}

/** Display, bus and keyring end in less than a second. */
const PATIENCE_MS = 15_000;

const OF_A_BUS = ['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR'];
const OF_A_DESKTOP = [...OF_A_BUS, 'XDG_DATA_HOME', 'DISPLAY', 'XAUTHORITY'];

/** A session bus whose keyring is locked, with nobody there to unlock it. */
export const lockedKeyring = (): Promise<Surroundings> =>
  standing('The locked keyring', OF_A_BUS, (command) => [
    'sh',
    'scripts/with-keyring.sh',
    '--locked',
    ...command,
  ]);

/** A session bus and an unlocked keyring, and a display where the machine has none: nobody else sees either. */
export const startDesktop = (): Promise<Surroundings> =>
  standing('The desktop of this worker', OF_A_DESKTOP, desktopCommand);

/** What a command that runs another one in its surroundings makes, kept standing until `end`. */
async function standing(
  what: string,
  names: readonly string[],
  around: (command: readonly string[]) => readonly string[],
): Promise<Surroundings> {
  const tell = `${names.map((name) => `echo "\${${name}-}"`).join('; ')}; read -r _`;
  const [file = '', ...args] = around(['sh', '-c', tell]);
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const env: Record<string, string> = {};
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  for (const name of names) {
    const line = await lines.next();
    if (line.done) throw new Error(`${what} did not start`);
    if (line.value !== '') env[name] = line.value;
  }
  return {
    env,
    end: async () => {
      child.stdin.end();
      if (child.exitCode !== null) return;
      // What does not end by itself shall not keep the tests from ending.
      const impatient = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await once(child, 'exit');
      clearTimeout(impatient);
    },
  };
}
