import { createRateReport } from '../session/rate-report.ts';
import type { Platform } from '../platform.ts';
import type { Revocation } from '../revocation/index.ts';
import type { Storage } from '../storage.ts';
import type { AppWindow } from './app-window.ts';
import type { ApplicationMenu } from './menu.ts';
import type { SignIn } from './sign-in.ts';

/** Who is signed in, the connections and the rate limit: told to the window, the menu, the run that waits, the settings. */
export function followSession(parts: {
  readonly platform: Platform;
  readonly storage: Pick<Storage, 'settings'>;
  readonly signIn: Pick<SignIn, 'session'>;
  readonly window: AppWindow;
  readonly menu: ApplicationMenu;
  readonly revocation: Pick<Revocation, 'sessionChanged'>;
}): void {
  const { window, menu, revocation } = parts;
  const { session } = parts.signIn;
  const { settings } = parts.storage;
  const rateReport = createRateReport({
    clock: parts.platform.clock,
    read: () => session.rate(),
    send: (rate) => window.send('rate.changed', rate),
  });
  session.onUse(rateReport.touch);
  menu.show(session.state(), session.connections());
  session.onConnectionsChange((list) => {
    window.send('connections.changed', list);
    menu.show(session.state(), list);
  });
  session.onChange((state) => {
    window.send('session.changed', state);
    menu.show(state, session.connections());
    rateReport.touch();
    if (state.kind === 'expired') return;
    void revocation.sessionChanged();
    settings.remember({ lastConnectionId: state.kind === 'signed-in' ? state.connection.id : null });
  });
}
