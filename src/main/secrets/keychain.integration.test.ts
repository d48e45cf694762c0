import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/**
 * The real keytar, in the three environments that a Linux machine can be in. A child process each, since the session
 * bus belongs to a process's environment.
 */
const root = join(import.meta.dirname, '../../..');
const script = fileURLToPath(new URL('./keychain-probe.fixture.ts', import.meta.url));
const child = [process.execPath, '--import', 'tsx', script];
const run = promisify(execFile);
const BUS_ALONE = join(import.meta.dirname, 'bus-alone.fixture.conf');
/** An item of our service without an account: what makes keytar's findCredentials crash. */
const FOREIGN_ITEM = 'printf foreign | secret-tool store --label=foreign service Tokendesk';

async function askKeychain(environment: readonly string[]): Promise<unknown> {
  const env = { ...process.env };
  // Without a display no prompt can be shown, so a locked keyring fails instead of waiting for a person.
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR']) {
    Reflect.deleteProperty(env, name);
  }
  const [command, ...args] = [...environment, ...child];
  const { stdout } = await run(command!, args, { cwd: root, env, timeout: 50_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

describe.runIf(process.platform === 'linux')('the real keychain', () => {
  it('stores, reads and deletes in an unlocked keyring', async () => {
    expect(await askKeychain(['sh', 'scripts/with-keyring.sh'])).toEqual({
      state: { kind: 'ready' },
      before: { kind: 'absent' },
      set: { kind: 'stored' },
      found: { kind: 'found', secret: '[secret]' },
      same: true,
      other: { kind: 'absent' },
      deleted: { kind: 'deleted' },
      after: { kind: 'absent' },
    });
  });

  it('is locked where the keyring is, and does not wait for a prompt that nobody can see', async () => {
    const locked = { kind: 'unavailable', reason: 'locked' };
    expect(await askKeychain(['sh', 'scripts/with-keyring.sh', '--locked'])).toMatchObject({
      state: locked,
      before: locked,
      set: locked,
      found: locked,
      same: false,
      deleted: locked,
    });
  });

  it.each([
    ['there is no session bus', ['env'], 'no-bus'],
    [
      'the session bus has no Secret Service',
      ['dbus-run-session', `--config-file=${BUS_ALONE}`, '--'],
      'no-service',
    ],
  ])('where %s, every call says so', async (_where, environment, reason) => {
    const unavailable = { kind: 'unavailable', reason };
    expect(await askKeychain(environment)).toMatchObject({
      state: unavailable,
      before: unavailable,
      set: unavailable,
      found: unavailable,
      same: false,
      deleted: unavailable,
    });
  });

  it('does not mind an item of its own name that another program left without an account', async () => {
    expect(
      await askKeychain(['sh', 'scripts/with-keyring.sh', 'sh', '-c', `${FOREIGN_ITEM} && exec "$@"`, 'sh']),
    ).toMatchObject({
      state: { kind: 'ready' },
      before: { kind: 'absent' },
      set: { kind: 'stored' },
      found: { kind: 'found', secret: '[secret]' },
      same: true,
      deleted: { kind: 'deleted' },
    });
  });
});
