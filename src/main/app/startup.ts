import type { KeychainState } from '../../shared/app.ts';
import type { Clock } from '../clock.ts';
import { AppFailure } from '../failure.ts';
import type { SecretStore } from '../secrets/store.ts';
import type { Session } from '../session/session.ts';
import type { AppWindow } from './app-window.ts';
import type { Log } from './log.ts';
import type { SettingsStore } from './settings.ts';

/** Longest that the window waits for the keychain and for signing in, ms. */
const START_WAIT_MS = 3000;

/** What happens by itself when the program starts: the keychain is asked, and somebody is signed in again. */
export interface Startup {
  /** What is known of the keychain by now. */
  readonly keychain: KeychainState;
  /** Resolves when both have ended, or after three seconds. What comes later is told as an event. */
  readonly over: Promise<unknown>;
}

/** Begins both at once: neither waits for the other. */
export function beginStartup(options: {
  readonly keychain: SecretStore;
  readonly session: Session;
  readonly settings: SettingsStore;
  readonly log: Log;
  readonly clock: Clock;
  readonly window: Pick<AppWindow, 'send'>;
}): Startup {
  const { session, settings, log, clock, window } = options;
  let keychain: KeychainState = {
    kind: 'unavailable',
    reason: 'timed-out',
    message: 'The keychain has not answered yet.',
  };
  const knowKeychain = options.keychain.state().then((state) => {
    keychain = state;
    window.send('keychain.changed', state);
  });

  /** Back to the last connection; the demo organisation the first time. A failure leaves the person signed out. */
  const signIn = async (): Promise<void> => {
    const { lastConnectionId } = settings.all;
    try {
      if (session.connections().length === 0) await session.signIn({ method: 'demo' });
      else if (lastConnectionId !== null) await session.switchTo(lastConnectionId);
    } catch (error) {
      log.warn(
        error instanceof AppFailure
          ? `Signing in at start: ${error.error.code}`
          : 'Signing in at start failed',
      );
    }
  };

  return {
    get keychain() {
      return keychain;
    },
    over: Promise.race([Promise.all([knowKeychain, signIn()]), clock.sleep(START_WAIT_MS)]),
  };
}
