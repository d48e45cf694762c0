import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { describe, expect, it } from 'vitest';

const start = (...args: readonly string[]) =>
  spawn(process.execPath, ['--import', 'tsx', 'src/simulator/cli.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const textOf = async (stream: NodeJS.ReadableStream): Promise<string> => {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text;
};

describe('stand-alone simulator', () => {
  it('prints one line of JSON, serves, and ends cleanly when it is told to', async () => {
    const child = start('--users', '60');
    const exit = event(child, 'exit');
    const [first] = (await event(child.stdout, 'data')) as [Buffer];
    const told = JSON.parse(first.toString()) as Record<string, string>;
    expect(Object.keys(told)).toEqual(['api', 'login', 'clientId', 'clientSecret', 'token', 'userId']);
    const me = await fetch(`${told['api'] ?? ''}/api/v2/users/me`, {
      headers: { authorization: `Bearer ${told['token'] ?? ''}` },
    });
    expect(await me.json()).toMatchObject({ id: told['userId'] });
    const rest = textOf(child.stdout);
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect(await rest).toBe('');
  });

  it.each([
    ['--users', '3'],
    ['--latency', '80-20'],
    ['--speed', '9'],
  ])(
    'refuses %s %s with status 2 and says why',
    async (...args) => {
      const child = start(...args);
      const [errors, exit] = await Promise.all([textOf(child.stderr), event(child, 'exit')]);
      expect(exit[0]).toBe(2);
      expect(errors).toContain(args[0].slice(2));
    },
    30_000,
  );
});
