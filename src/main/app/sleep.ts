import type { PowerMonitor } from 'electron';
import type { Revocation } from '../revocation/index.ts';
import type { SessionToken } from '../session/session-token.ts';

/** A sleep that was longer is long: a token may have idled out or expired meanwhile, ms. */
const LONG_MS = 60_000;

interface SleepDeps {
  readonly powerMonitor: Pick<PowerMonitor, 'on'>;
  readonly revocation: Pick<Revocation, 'computerSleeps' | 'computerWakes'>;
  readonly session: Pick<SessionToken, 'refresh'>;
  /** Wall clock, ms since the epoch: the other one may stand still while the computer sleeps. */
  readonly now: () => number;
}

/** A run pauses while the computer sleeps. After a long sleep the token is looked at before any call is made. */
export function followSleep({ powerMonitor, revocation, session, now }: SleepDeps): void {
  let since: number | null = null;
  powerMonitor.on('suspend', () => {
    since ??= now();
    revocation.computerSleeps();
  });
  powerMonitor.on('resume', () => {
    const slept = since === null ? 0 : now() - since;
    since = null;
    // What a failure means is the session's and the run's own business: a dead token ends the one and pauses the other.
    const checked = slept > LONG_MS ? session.refresh().catch(() => undefined) : Promise.resolve();
    void checked.then(() => revocation.computerWakes());
  });
}
