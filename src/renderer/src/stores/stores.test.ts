import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { failed, ok } from '../../../shared/result.ts';
import type { TimeoutSaveResult } from '../../../shared/timeout.ts';
import { ask } from '../ask.ts';
import { installFakeBridge } from '../testing/fake-bridge.ts';
import { sampleConnection, sampleSession, sampleSnapshot, sampleTimeout } from '../testing/samples.ts';
import { useAppStore } from './app.ts';
import { useProxyStore } from './proxy.ts';
import { useRateStore } from './rate.ts';
import { useSessionStore } from './session.ts';
import { useTimeoutStore } from './timeout.ts';
import { useTokenStore } from './token.ts';

const offline = failed({ code: 'offline', message: 'no route' });
const change = { enabled: true, seconds: 900, unit: 'Minutes' } as const;

beforeEach(() => {
  setActivePinia(createPinia());
});

describe('the app store', () => {
  it('takes over everything of the snapshot, and the theme with it', async () => {
    installFakeBridge({ 'app.snapshot': () => ok(sampleSnapshot) });
    const app = useAppStore();
    await app.load();
    await nextTick();
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(useSessionStore().connection).toEqual(sampleConnection);
    app.dismissNotice(0);
    expect(app.notices).toEqual(['Two']);
  });

  it('follows a keychain that answers late', async () => {
    const bridge = installFakeBridge({ 'app.snapshot': () => ok(sampleSnapshot) });
    const app = useAppStore();
    await app.load();
    bridge.emit('keychain.changed', { kind: 'unavailable', reason: 'locked', message: '' });
    expect(app.snapshot?.keychain).toMatchObject({ reason: 'locked' });
  });

  it('follows what is left of the rate limit', async () => {
    const bridge = installFakeBridge({ 'app.snapshot': () => ok(sampleSnapshot) });
    await useAppStore().load();
    expect(useRateStore().rate).toEqual(sampleSnapshot.rate);
    bridge.emit('rate.changed', {
      limitPerMinute: 300,
      limitSource: { kind: 'told', key: 'token.rate.per.minute' },
      usedLastMinute: 291,
      closedUntil: null,
    });
    expect(useRateStore().rate?.usedLastMinute).toBe(291);
    bridge.emit('rate.changed', null);
    expect(useRateStore().rate).toBeNull();
  });

  // The sign-in at start may end while main reads which runs were interrupted: the event comes before the snapshot.
  it('misses nothing that is told while the snapshot is under way', async () => {
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    const bridge = installFakeBridge({
      'app.snapshot': async () => {
        await asked;
        return ok({ ...sampleSnapshot, session: { kind: 'signed-out' }, connections: [], rate: null });
      },
    });
    const app = useAppStore();
    const loaded = app.load();
    bridge.emit('session.changed', sampleSession);
    bridge.emit('connections.changed', [sampleConnection]);
    bridge.emit('rate.changed', sampleSnapshot.rate);
    bridge.emit('proxy.changed', { host: 'proxy.example', port: 3128, realm: '', scheme: 'basic' });
    bridge.emit('keychain.changed', { kind: 'unavailable', reason: 'locked', message: '' });
    answer();
    await loaded;
    expect(useSessionStore().session).toEqual(sampleSession);
    expect(useSessionStore().connections).toEqual([sampleConnection]);
    expect(useRateStore().rate).toEqual(sampleSnapshot.rate);
    expect(useProxyStore().asking).toMatchObject({ host: 'proxy.example' });
    expect(app.snapshot?.keychain).toMatchObject({ reason: 'locked' });
  });

  it('takes the answer to what was asked before the stores were there, and asks anew only later', async () => {
    const answers = [ok(sampleSnapshot)];
    const bridge = installFakeBridge({ 'app.snapshot': () => answers.shift() ?? offline });
    const asked = ask('app.snapshot', null);
    const app = useAppStore();
    const loaded = app.load(asked);
    bridge.emit('keychain.changed', { kind: 'unavailable', reason: 'locked', message: '' });
    await loaded;
    expect(app.error).toBeNull();
    expect(app.snapshot?.keychain).toMatchObject({ reason: 'locked' });
    await app.load();
    expect(app.error?.code).toBe('offline');
  });

  it('keeps the error of a start that failed, until one succeeds', async () => {
    const answers = [offline, ok(sampleSnapshot)];
    installFakeBridge({ 'app.snapshot': () => answers.shift() ?? offline });
    const app = useAppStore();
    await app.load();
    expect(app.error?.code).toBe('offline');
    await app.load();
    expect(app.error).toBeNull();
    expect(app.snapshot).not.toBeNull();
  });

  it('keeps the former settings when a change is refused', async () => {
    installFakeBridge({ 'app.snapshot': () => ok(sampleSnapshot), 'settings.update': () => offline });
    const app = useAppStore();
    await app.load();
    await app.update({ theme: 'light' });
    expect(app.settings?.theme).toBe('dark');
  });
});

describe('the session store', () => {
  it('follows what main tells', () => {
    const bridge = installFakeBridge({});
    const session = useSessionStore();
    session.begin(sampleSession, [sampleConnection]);
    expect(session.permission('directory:organization:admin')).toBe('missing');
    bridge.emit('session.changed', { kind: 'expired', connection: sampleConnection });
    expect(session.token).toBeNull();
    expect(session.connection).toEqual(sampleConnection);
    expect(session.permission('oauth:token:delete')).toBe('unknown');
  });

  it('stays as it is when signing in fails', async () => {
    installFakeBridge({ 'connections.switchTo': () => offline });
    const session = useSessionStore();
    session.begin(sampleSession, [sampleConnection]);
    expect(await session.switchTo('other')).toBe(false);
    expect(session.switchFailure).toMatchObject({ connectionId: 'other', error: { code: 'offline' } });
    expect(session.session).toEqual(sampleSession);
    expect(session.busyWith).toBeNull();
  });
});

describe('the token store', () => {
  it('keeps the newest checks first, and never more than twenty', async () => {
    let count = 0;
    installFakeBridge({
      'token.verify': () => {
        count += 1;
        return ok({ valid: true, status: 200, latencyMs: count, at: `${count}`, correlationId: null });
      },
    });
    const token = useTokenStore();
    for (let index = 0; index < 25; index += 1) await token.verify();
    expect(token.checks).toHaveLength(20);
    expect(token.checks[0]?.latencyMs).toBe(25);
  });

  it('forgets the checks of another connection', async () => {
    const bridge = installFakeBridge({
      'token.verify': () => ok({ valid: false, status: 401, latencyMs: 5, at: '1', correlationId: null }),
    });
    useSessionStore().begin(sampleSession, [sampleConnection]);
    const token = useTokenStore();
    await token.verify();
    expect(token.checks).toHaveLength(1);
    bridge.emit('session.changed', {
      ...sampleSession,
      connection: { ...sampleConnection, id: 'c-2' },
    } as never);
    await nextTick();
    expect(token.checks).toEqual([]);
  });
});

describe('the timeout store', () => {
  const saveWith = async (answer: TimeoutSaveResult) => {
    const bridge = installFakeBridge({
      'timeout.read': () => ok(sampleTimeout),
      'timeout.save': () => ok(answer),
    });
    const store = useTimeoutStore();
    await store.read();
    await store.save(change);
    return { store, bridge };
  };

  it('sends the value that was seen together with the change', async () => {
    const saved = { ...sampleTimeout, seconds: 900, json: 'new' };
    const { store, bridge } = await saveWith({ kind: 'saved', value: saved });
    expect(bridge.calls.at(-1)).toEqual({
      name: 'timeout.save',
      input: { change, expected: sampleTimeout.json },
    });
    expect(store.current).toEqual(saved);
  });

  it('lets the person keep the value of somebody else', async () => {
    const theirs = { ...sampleTimeout, seconds: 3600, json: '{"theirs":1}' };
    const { store } = await saveWith({ kind: 'changed-meanwhile', current: theirs });
    expect(store.current).toEqual(sampleTimeout);
    store.acceptTheirs();
    expect(store.current).toEqual(theirs);
    expect(store.outcome).toBeNull();
  });

  it('replaces the value of somebody else only over exactly what was shown', async () => {
    const theirs = { ...sampleTimeout, seconds: 3600, json: '{"theirs":1}' };
    const { store, bridge } = await saveWith({ kind: 'changed-meanwhile', current: theirs });
    store.acceptTheirs();
    await store.save(change);
    expect(bridge.calls.at(-1)?.input).toEqual({ change, expected: theirs.json });
  });

  it('shows another value that it reads during an edit, instead of dropping either', async () => {
    const theirs = { ...sampleTimeout, seconds: 3600, json: '{"theirs":1}' };
    const answers = [ok(sampleTimeout), ok(theirs)];
    installFakeBridge({ 'timeout.read': () => answers.shift() ?? offline });
    const store = useTimeoutStore();
    await store.read();
    await store.read(change);
    expect(store.current).toEqual(sampleTimeout);
    expect(store.outcome).toEqual({ kind: 'changed-meanwhile', current: theirs });
    expect(store.attempted).toEqual(change);
  });

  it('shows what was read back when it is not what was sent', async () => {
    const value = { ...sampleTimeout, seconds: 600, json: 'limited' };
    const { store } = await saveWith({ kind: 'not-as-sent', value });
    expect(store.outcome?.kind).toBe('not-as-sent');
    expect(store.current).toEqual(value);
  });

  it('drops an answer that belongs to the former connection', async () => {
    let answer: (value: ReturnType<typeof ok<typeof sampleTimeout>>) => void = () => undefined;
    const bridge = installFakeBridge({
      'timeout.read': () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    useSessionStore().begin(sampleSession, [sampleConnection]);
    const store = useTimeoutStore();
    const reading = store.read();
    bridge.emit('session.changed', {
      ...sampleSession,
      connection: { ...sampleConnection, id: 'c-2' },
    } as never);
    await nextTick();
    answer(ok(sampleTimeout));
    await reading;
    expect(store.current).toBeNull();
  });
});
