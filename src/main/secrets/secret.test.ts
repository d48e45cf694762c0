import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory.ts';
import { createSecret } from './secret.ts';

const VALUE = 'tok-3f9a1c';

describe('Secret', () => {
  const secret = createSecret(VALUE);

  it('prints as [secret] everywhere, also inside something', () => {
    const error = new Error('with a secret', { cause: { secret } });
    const printed = [
      String(secret),
      `Bearer ${secret as unknown as string}`,
      'a' + (secret as unknown as string),
      JSON.stringify({ secret }),
      inspect(secret, { showHidden: true, depth: null, getters: true }),
      inspect({ deep: [{ secret }] }, { depth: null }),
      inspect(error, { depth: null }),
      format('%s %o %O %j', secret, secret, secret, secret),
      JSON.stringify(Object.entries(secret)),
    ];
    for (const text of printed) expect(text).not.toContain(VALUE);
    expect(String(secret)).toBe('[secret]');
    expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
  });

  it('cannot be sent to another process by mistake', () => {
    expect(() => structuredClone(secret)).toThrow(/could not be cloned/);
  });

  it('gives its value when asked by name', () => {
    expect(secret.reveal()).toBe(VALUE);
  });

  it('is unwrapped only where it leaves main, and where two are compared', () => {
    const root = join(import.meta.dirname, '..');
    const unwrapping = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.(test|fixture))\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => readFileSync(file, 'utf8').includes('.reveal('))
      .map((file) => relative(root, file).replaceAll('\\', '/'));
    expect(unwrapping.sort()).toEqual([
      'genesys/http.ts',
      'genesys/oauth.ts',
      'proxy/proxy-login.ts',
      'secrets/bound-secret.ts',
      'secrets/keychain.ts',
      'secrets/secret.ts',
    ]);
  });
});

describe('memory store', () => {
  it('keeps, gives back and forgets', async () => {
    const store = createMemoryStore();
    const key = { connectionId: 'c1', kind: 'access-token' } as const;
    expect(await store.get(key)).toEqual({ kind: 'absent' });
    const secret = createSecret(VALUE);
    expect(await store.set(key, secret)).toEqual({ kind: 'stored' });
    expect(await store.get(key)).toEqual({ kind: 'found', secret });
    expect(await store.get({ ...key, kind: 'client-secret' })).toEqual({ kind: 'absent' });
    expect(await store.delete(key)).toEqual({ kind: 'deleted' });
    expect(await store.delete(key)).toEqual({ kind: 'absent' });
  });
});
