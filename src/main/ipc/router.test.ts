import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { CALL_NAMES } from '../../shared/ipc.ts';
import { AppFailure } from '../failure.ts';
import type { Handlers } from '../consent/calls.ts';
import { createConsent } from '../consent/consent.ts';
import { systemClock } from '../clock.ts';
import { listen } from './router.ts';

type Listener = (event: IpcMainInvokeEvent, input: unknown) => unknown;

const OURS = { from: 'our window' } as unknown as IpcMainInvokeEvent;
const FOREIGN = { from: 'elsewhere' } as unknown as IpcMainInvokeEvent;

/** A router with one handler that counts its calls and does `work`; every other handler fails the test. */
function router(work: () => null = () => null) {
  const listeners = new Map<string, Listener>();
  const copyText = vi.fn(work);
  const log = { error: vi.fn(), warn: vi.fn() };
  const handlers = Object.fromEntries(
    CALL_NAMES.map((name) => [name, () => expect.unreachable(`${name} must not be called`)]),
  ) as unknown as Handlers;
  listen(
    { ...handlers, 'app.copyText': copyText },
    {
      ipcMain: { handle: (name, listener) => void listeners.set(name, listener) },
      isTrusted: (event) => event === OURS,
      consent: createConsent({
        show: () => expect.unreachable('nothing is asked'),
        clock: systemClock,
        record: () => undefined,
      }),
      toAppError: (error) => (error instanceof AppFailure ? error.error : null),
      log,
    },
  );
  return {
    copyText,
    log,
    names: [...listeners.keys()],
    invoke: (name: string, input: unknown, event = OURS) => listeners.get(name)?.(event, input),
  };
}

describe('the router', () => {
  it('answers every call of the contract and no other', () => {
    expect(router().names).toEqual([...CALL_NAMES]);
  });

  it('hands a parsed input to its handler and wraps what comes back', async () => {
    const { invoke, copyText } = router();
    await expect(invoke('app.copyText', { text: 'hello' })).resolves.toEqual({ ok: true, data: null });
    expect(copyText).toHaveBeenCalledExactlyOnceWith({ text: 'hello' });
  });

  it('refuses a sender that is not our window, before anything else', async () => {
    const { invoke, copyText, log } = router();
    await expect(invoke('app.copyText', { text: 'hello' }, FOREIGN)).resolves.toMatchObject({ ok: false });
    expect(copyText).not.toHaveBeenCalled();
    expect(log.warn).toHaveBeenCalledOnce();
  });

  it.each([undefined, null, 'text', { text: 5 }, { text: 'a', more: true }, []])(
    'refuses an input of another shape: %j',
    async (input) => {
      const { invoke, copyText } = router();
      await expect(invoke('app.copyText', input)).resolves.toMatchObject({
        ok: false,
        error: { code: 'invalid-input' },
      });
      expect(copyText).not.toHaveBeenCalled();
    },
  );

  it('never repeats a refused input, which may be a secret', async () => {
    const { invoke } = router();
    const answer = await invoke('connections.signIn', {
      method: 'access-token',
      region: { kind: 'genesys', id: 'nowhere' },
      token: { from: 'typed', value: 'top-secret-token', extra: 'top-secret-extra' },
      label: '',
      remember: true,
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    expect(JSON.stringify(answer)).not.toContain('top-secret');
  });

  it('passes an expected failure on as it is', async () => {
    const error = { code: 'offline', message: 'No network.' } as const;
    const { invoke } = router(() => {
      throw new AppFailure(error);
    });
    await expect(invoke('app.copyText', { text: '' })).resolves.toEqual({ ok: false, error });
  });

  it('hides an unexpected failure from the window and logs it', async () => {
    const { invoke, log } = router(() => {
      throw new Error('with internals');
    });
    const answer = await invoke('app.copyText', { text: '' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('internals');
    expect(log.error).toHaveBeenCalledOnce();
  });
});
