import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

interface Keyring {
  /** For an app that shall find this keyring and no other. */
  readonly env: Readonly<Record<string, string>>;
  readonly end: () => Promise<void>;
}

const NAMES = ['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR'] as const;

/** A session bus whose keyring is locked, with nobody there to unlock it. */
export async function lockedKeyring(): Promise<Keyring> {
  const tell = `${NAMES.map((name) => `echo "$${name}"`).join('; ')}; read -r _`;
  const child = spawn('sh', ['scripts/with-keyring.sh', '--locked', 'sh', '-c', tell], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const env: Record<string, string> = {};
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  for (const name of NAMES) {
    const line = await lines.next();
    if (line.done) throw new Error('The locked keyring did not start');
    env[name] = line.value;
  }
  return {
    env,
    end: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
