import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { ask, createConsent, done, type ConsentDialog } from './consent.ts';

const DIALOG: ConsentDialog = {
  message: 'Revoke\n9 users?',
  detail: ['In Aurora'],
  button: 'Revoke 9 users',
};

let shown: ConsentDialog[] = [];
let recorded: string[] = [];
/** What the person presses; null leaves the dialog open. */
let answer: boolean | null = true;
let press: (agreed: boolean) => void = () => undefined;
beforeEach(() => {
  shown = [];
  recorded = [];
  answer = true;
});

function setUp() {
  const clock = createManualClock();
  const consent = createConsent({
    clock,
    record: (line) => recorded.push(line),
    show: (dialog) => {
      shown.push(dialog);
      return answer === null
        ? new Promise((resolve) => {
            press = resolve;
          })
        : Promise.resolve(answer);
    },
  });
  const act = vi.fn(() => 'acted');
  let holds = true;
  const carryOut = (name = 'runs.start') =>
    consent.carryOut(name, ask({ dialog: DIALOG, holds: () => holds, act }));
  return { consent, clock, act, carryOut, change: () => (holds = false) };
}

const refused = (code: string) => ({ error: { code } });

describe('consent', () => {
  it('acts when the person agreed, and writes it down in one line', async () => {
    const { carryOut, act } = setUp();
    await expect(carryOut()).resolves.toBe('acted');
    expect(shown).toEqual([DIALOG]);
    expect(act).toHaveBeenCalledOnce();
    expect(recorded).toEqual(['runs.start: agreed: Revoke 9 users?']);
  });

  it('does nothing when the person declined', async () => {
    const { carryOut, act } = setUp();
    answer = false;
    await expect(carryOut()).resolves.toBeNull();
    expect(act).not.toHaveBeenCalled();
    expect(recorded).toEqual(['runs.start: declined: Revoke 9 users?']);
  });

  it('asks nothing for what is harmless', async () => {
    const { consent } = setUp();
    await expect(consent.carryOut('runs.start', done(7))).resolves.toBe(7);
    expect([shown, recorded]).toEqual([[], []]);
  });

  it('does nothing when what it was about changed while the dialog was open', async () => {
    const { carryOut, act, change } = setUp();
    answer = null;
    const asked = carryOut();
    await vi.waitFor(() => expect(shown).toHaveLength(1));
    change();
    press(true);
    await expect(asked).rejects.toMatchObject(refused('changed-meanwhile'));
    expect(act).not.toHaveBeenCalled();
  });

  it('asks nothing when it has changed already', async () => {
    const { carryOut, change } = setUp();
    change();
    await expect(carryOut()).rejects.toMatchObject(refused('changed-meanwhile'));
    expect(shown).toEqual([]);
  });

  it('shows one dialog at a time, of whatever kind', async () => {
    const { carryOut, consent, act } = setUp();
    answer = null;
    const asked = carryOut();
    const file = vi.fn(() => Promise.resolve('path'));
    for (let n = 0; n < 90; n += 1) await expect(carryOut()).rejects.toMatchObject(refused('dialog-open'));
    await expect(consent.alone(file)).rejects.toMatchObject(refused('dialog-open'));
    press(true);
    await asked;
    expect(shown).toHaveLength(1);
    expect(file).not.toHaveBeenCalled();
    expect(act).toHaveBeenCalledOnce();
    // A flood is told as one line, so that it cannot push the decisions out of the file.
    expect(recorded.length).toBeLessThan(4);
    await expect(consent.alone(file)).resolves.toBe('path');
  });

  it('does not ask beside a dialog for a file', async () => {
    const { carryOut, consent } = setUp();
    let close: () => void = () => undefined;
    const file = consent.alone(() => new Promise<null>((resolve) => (close = () => resolve(null))));
    await expect(carryOut()).rejects.toMatchObject(refused('dialog-open'));
    close();
    await file;
    await expect(carryOut()).resolves.toBe('acted');
  });

  it('listens to nobody for a while after three were declined within a minute', async () => {
    const { carryOut, clock } = setUp();
    answer = false;
    await carryOut();
    await clock.advance(20_000);
    await carryOut();
    await carryOut();
    await expect(carryOut()).rejects.toMatchObject(refused('dialogs-declined'));
    await clock.advance(39_999);
    await expect(carryOut()).rejects.toMatchObject(refused('dialogs-declined'));
    expect(shown).toHaveLength(3);
    await clock.advance(1);
    answer = true;
    await expect(carryOut()).resolves.toBe('acted');
  });

  it('asks what no call asks for by the same rules, and takes what cannot be asked for a no', async () => {
    const { consent, carryOut } = setUp();
    answer = null;
    const closing = consent.confirm('window.close', DIALOG);
    await expect(consent.confirm('window.close', DIALOG)).resolves.toBe(false);
    press(true);
    await expect(closing).resolves.toBe(true);
    answer = false;
    for (let n = 0; n < 9; n += 1) await expect(consent.confirm('window.close', DIALOG)).resolves.toBe(false);
    expect(shown).toHaveLength(4);
    await expect(carryOut()).rejects.toMatchObject(refused('dialogs-declined'));
    expect(recorded).toContain('window.close: agreed: Revoke 9 users?');
  });

  it('does not reopen a dialog for a file again and again that the person closes', async () => {
    const { consent, carryOut, clock } = setUp();
    const closed = vi.fn(() => Promise.resolve<string | null>(null));
    for (let n = 0; n < 3; n += 1) expect(await consent.alone(closed)).toBeNull();
    await expect(consent.alone(closed)).rejects.toMatchObject(refused('dialogs-declined'));
    await expect(carryOut()).rejects.toMatchObject(refused('dialogs-declined'));
    expect(closed).toHaveBeenCalledTimes(3);
    await clock.advance(60_000);
    await expect(carryOut()).resolves.toBe('acted');
  });

  it('is free again when a dialog fails', async () => {
    const { carryOut, consent } = setUp();
    await expect(consent.alone(() => Promise.reject(new Error('no window')))).rejects.toThrow('no window');
    await expect(carryOut()).resolves.toBe('acted');
  });
});
