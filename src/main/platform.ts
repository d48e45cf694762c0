import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { clipboard } from 'electron';
import { startDemo } from './app/demo.ts';
import { hostOverride, signInLimitOverride } from './app/environment.ts';
import { systemClock } from './clock.ts';
import type { Hosts } from './genesys/hosts.ts';
import type { LookUp } from './genesys/resolved-host.ts';
import { BROWSER_LIMIT_MS } from './session/browser-sign-in.ts';
import { demoHosts, reachedHosts } from './session/grants.ts';
import type { ConnectionRegion } from '../shared/regions.ts';

/** What the system gives to the rooms of main, which do not reach for it themselves. */
export const createPlatform = () => {
  const override = hostOverride();
  const lookUp: LookUp = async (hostname) =>
    (await lookup(hostname, { all: true })).map(({ address }) => address);
  return {
    clock: systemClock,
    /** Wall clock, ms since the epoch. */
    now: (): number => systemClock.now(),
    random: Math.random,
    newId: randomUUID,
    readClipboard: (): Promise<string> => clipboard.readText(),
    startDemo,
    /** How long a sign-in in the browser may take, ms. */
    browserLimitMs: signInLimitOverride() ?? BROWSER_LIMIT_MS,
    hostOverride: override,
    lookUp,
    /** Where the calls for that region go. */
    hostsOf: async (region: ConnectionRegion): Promise<Hosts> =>
      region.kind === 'demo'
        ? demoHosts(startDemo)
        : reachedHosts(region, { hostOverride: override, lookUp, clock: systemClock }),
  };
};

export type Platform = ReturnType<typeof createPlatform>;
