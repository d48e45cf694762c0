import { describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../shared/connection.ts';
import { REGIONS } from '../../shared/regions.ts';

const appendSwitch = vi.fn<(name: string, value: string) => void>();
vi.mock('electron', () => ({ app: { commandLine: { appendSwitch } } }));
const { liftConnectionsLimit, unlimitedHosts } = await import('./connections-limit.ts');

const custom = (apiBase: string): Connection => ({
  id: 'c',
  label: 'Gateway',
  method: 'client-credentials',
  region: { kind: 'custom', apiBase, loginBase: apiBase },
  clientId: 'client',
  organization: { id: 'org', name: 'Org' },
  createdAt: '2026-01-05T09:00:00Z',
});

describe('hosts with as many sockets as they need', () => {
  it('are those of every region, of saved custom connections and of this computer, once each', () => {
    const hosts = unlimitedHosts([
      custom('https://gateway.example.org:8443/genesys'),
      custom('https://gateway.example.org'),
      custom('no address'),
    ]);
    for (const { host } of REGIONS) expect(hosts).toContain(`api.${host}`);
    expect(hosts.slice(REGIONS.length)).toEqual(['gateway.example.org', '127.0.0.1', 'localhost']);
  });

  it('go to Chromium as one list', () => {
    liftConnectionsLimit([]);
    expect(appendSwitch).toHaveBeenCalledExactlyOnceWith(
      'ignore-connections-limit',
      expect.stringMatching(/^api\.mypurecloud\.com,[a-z0-9.,-]+,127\.0\.0\.1,localhost$/),
    );
  });
});
