import { describe, expect, it } from 'vitest';
import { createKeychain, type Keytar, type KeychainOptions } from './keychain.ts';
import { unavailableBecause } from './keychain-failures.ts';
import type { Wait } from './one-at-a-time.ts';
import { createSecret } from './secret.ts';

const key = { connectionId: 'c1', kind: 'client-secret' } as const;
const secret = createSecret('s3cret');
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** A keychain in memory, of which single functions can be replaced. */
function fakeKeytar(replaced: Partial<Keytar> = {}) {
  const items = new Map<string, string>();
  const calls: string[] = [];
  const keytar: Keytar = {
    getPassword: (service, account) => Promise.resolve(items.get(`${service}|${account}`) ?? null),
    setPassword: (service, account, value) => {
      items.set(`${service}|${account}`, value);
      return Promise.resolve();
    },
    deletePassword: (service, account) => Promise.resolve(items.delete(`${service}|${account}`)),
    ...replaced,
  };
  const counted: Keytar = {
    getPassword: (...a) => (calls.push('get'), keytar.getPassword(...a)),
    setPassword: (...a) => (calls.push('set'), keytar.setPassword(...a)),
    deletePassword: (...a) => (calls.push('delete'), keytar.deletePassword(...a)),
  };
  return { items, calls, keytar: counted };
}

const open = (fake: { keytar: Keytar }, more: KeychainOptions = {}) =>
  createKeychain({
    load: () => Promise.resolve(fake.keytar),
    platform: 'linux',
    wait: () => never(),
    ...more,
  });

/** A time limit that the test lets pass. */
function manualWait() {
  const waiting: (() => void)[] = [];
  const wait: Wait = (_ms, signal) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  return { wait, pass: () => waiting.splice(0).forEach((resolve) => resolve()) };
}

describe('keychain', () => {
  it('stores, finds and deletes under its own service, one account per connection and kind', async () => {
    const fake = fakeKeytar();
    const keychain = open(fake);
    expect(await keychain.get(key)).toEqual({ kind: 'absent' });
    expect(await keychain.set(key, secret)).toEqual({ kind: 'stored' });
    expect([...fake.items]).toEqual([['Tokendesk|c1/client-secret', 's3cret']]);
    const found = await keychain.get(key);
    expect(found.kind === 'found' && found.secret.reveal()).toBe('s3cret');
    expect(await keychain.delete(key)).toEqual({ kind: 'deleted' });
    expect(await keychain.delete(key)).toEqual({ kind: 'absent' });
    expect(fake.items.size).toBe(0);
  });

  it('probes once while all is well, and leaves nothing behind', async () => {
    const fake = fakeKeytar();
    const keychain = open(fake);
    expect(await keychain.state()).toEqual({ kind: 'ready' });
    expect(await keychain.state()).toEqual({ kind: 'ready' });
    expect(fake.calls).toEqual(['set', 'get', 'delete']);
    expect(fake.items.size).toBe(0);
  });

  it('says that keytar is missing', async () => {
    const keychain = createKeychain({
      load: () => Promise.reject(new Error("Cannot find package 'keytar'")),
    });
    const missing = { kind: 'unavailable', reason: 'missing', message: "Cannot find package 'keytar'" };
    expect(await keychain.state()).toEqual(missing);
    expect(await keychain.get(key)).toEqual(missing);
    expect(await keychain.set(key, secret)).toEqual(missing);
    expect(await keychain.delete(key)).toEqual(missing);
  });

  it('tells a locked keychain, which answers "no item" to a read, from an absent item', async () => {
    const message = 'Cannot create an item in a locked collection';
    const fake = fakeKeytar({ setPassword: () => Promise.reject(new Error(message)) });
    const locked = { kind: 'unavailable', reason: 'locked', message };
    expect(await open(fake).get(key)).toEqual(locked);
    expect(await open(fake).delete(key)).toEqual(locked);
  });

  it('notices a prompt that was closed: no error, and nothing kept', async () => {
    const fake = fakeKeytar({ setPassword: () => Promise.resolve() });
    expect(await open(fake).set(key, secret)).toMatchObject({ kind: 'unavailable', reason: 'dismissed' });
    expect(await open(fake).state()).toMatchObject({ kind: 'unavailable', reason: 'dismissed' });
  });

  it('asks anew after a failure', async () => {
    let locked = true;
    const items = new Map<string, string>();
    const fake = fakeKeytar({
      setPassword: (_service, account, value) => {
        if (locked) return Promise.reject(new Error('Cannot create an item in a locked collection'));
        items.set(account, value);
        return Promise.resolve();
      },
      getPassword: (_service, account) => Promise.resolve(items.get(account) ?? null),
    });
    const keychain = open(fake);
    expect(await keychain.state()).toMatchObject({ reason: 'locked' });
    locked = false;
    expect(await keychain.state()).toEqual({ kind: 'ready' });
  });

  it('gives up on an unanswered prompt, starts nothing beside it, and works again once it is gone', async () => {
    let answerPrompt = (): void => undefined;
    const prompt = new Promise<null>((resolve) => {
      answerPrompt = () => resolve(null);
    });
    let prompting = true;
    const items = new Map<string, string>();
    const fake = fakeKeytar({
      getPassword: (_s, account) => (prompting ? prompt : Promise.resolve(items.get(account) ?? null)),
      setPassword: (_s, account, value) => (items.set(account, value), Promise.resolve()),
    });
    const { wait, pass } = manualWait();
    const keychain = open(fake, { wait });

    const first = keychain.get(key);
    const second = keychain.set(key, secret);
    await new Promise((resolve) => setImmediate(resolve));
    pass();
    expect(await first).toMatchObject({ kind: 'unavailable', reason: 'timed-out' });
    expect(await second).toMatchObject({ kind: 'unavailable', reason: 'timed-out' });
    expect(fake.calls).toEqual(['get']);

    prompting = false;
    answerPrompt();
    expect(await keychain.set(key, secret)).toEqual({ kind: 'stored' });
    expect(fake.calls).toEqual(['get', 'set', 'get']);
  });

  it('refuses what a keychain cannot hold, before asking it', async () => {
    const fake = fakeKeytar();
    expect(await open(fake).set(key, createSecret(''))).toMatchObject({ kind: 'unstorable' });
    expect(await open(fake).set(key, createSecret('a\0b'))).toMatchObject({ kind: 'unstorable' });
    const windows = open(fake, { platform: 'win32' });
    expect(await windows.set(key, createSecret('é'.repeat(1281)))).toEqual({
      kind: 'too-large',
      bytes: 2562,
      limitBytes: 2560,
    });
    expect(fake.calls).toEqual([]);
    expect(await windows.set(key, createSecret('é'.repeat(1280)))).toEqual({ kind: 'stored' });
  });

  it("understands Windows' words for too large", async () => {
    const fake = fakeKeytar({
      setPassword: () => Promise.reject(new Error('The stub received bad data')),
    });
    expect(await open(fake).set(key, secret)).toEqual({ kind: 'too-large', bytes: 6, limitBytes: 2560 });
  });

  it('reports an item without a value as damaged', async () => {
    const fake = fakeKeytar({ getPassword: () => Promise.resolve('') });
    expect(await open(fake).get(key)).toMatchObject({ kind: 'unavailable', reason: 'damaged' });
  });

  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'no-bus'],
    ['Could not connect: No such file or directory', 'no-bus'],
    ['Unknown or unsupported transport “disabled” for address “disabled:”', 'no-bus'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'no-service'],
    ['Error calling StartServiceByName: ServiceUnknown', 'no-service'],
    ['The connection is closed', 'unreachable'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'locked'],
    ['Cannot create an item in a locked collection', 'locked'],
    ['Prompt was dismissed', 'dismissed'],
    ['User canceled the operation.', 'dismissed'],
    ['User interaction is not allowed.', 'locked'],
    ['Received an invalid or unencodable secret', 'damaged'],
    ['something nobody has seen yet', 'unreachable'],
  ])('sorts "%s" as %s', (message, reason) => {
    expect(unavailableBecause(message)).toEqual({ kind: 'unavailable', reason, message });
  });
});
