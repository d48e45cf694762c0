import { app } from 'electron';
import type { Connection } from '../../shared/connection.ts';
import { REGIONS } from '../../shared/regions.ts';

/** The demo organisation, and the simulator that tests put in the place of every region. */
const THIS_COMPUTER = ['127.0.0.1', 'localhost'];

/** Hosts whose requests need not wait for one of Chromium's six sockets: every region's API, and those that are saved. */
export const unlimitedHosts = (connections: readonly Connection[]): readonly string[] => [
  ...new Set([
    ...REGIONS.map(({ host }) => `api.${host}`),
    ...connections.flatMap(({ region }) =>
      region.kind === 'custom' && URL.canParse(region.apiBase) ? [new URL(region.apiBase).hostname] : [],
    ),
    ...THIS_COMPUTER,
  ]),
];

/**
 * Over HTTP/1.1 six requests a host are under way and the rest waits unseen. The switch is read when the session's loader
 * is made, at the first request, so it is set before; a custom host that is new has six sockets until the next start,
 * which the run's own limit finds out (revocation/run/concurrency.ts).
 * https://www.electronjs.org/docs/latest/api/command-line-switches#--ignore-connections-limitdomains
 */
export function liftConnectionsLimit(connections: readonly Connection[]): void {
  app.commandLine.appendSwitch('ignore-connections-limit', unlimitedHosts(connections).join(','));
}
