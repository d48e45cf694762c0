import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { REGIONS } from '../../shared/regions.ts';
import { AppFailure } from '../failure.ts';
import { checkedHosts, hostsOf } from './hosts.ts';
import { permissionsFromList } from './permissions.ts';
import { retryAfterMs } from './retry-after.ts';

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 5, 9);

  it.each<[string | null, number | null]>([
    [null, null],
    ['0', 0],
    ['7', 7000],
    [' 30 ', 30_000],
    ['Mon, 05 Jan 2026 09:00:10 GMT', 10_000],
    ['Mon, 05 Jan 2026 08:59:00 GMT', 0],
    ['', null],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['1e3', null],
    ['315360000', 366 * 86_400_000],
    ['999999999', 366 * 86_400_000],
    ['9'.repeat(400), 366 * 86_400_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 366 * 86_400_000],
    ['Sat, 13 Sep 275760 00:00:00 GMT', 366 * 86_400_000],
  ])('%j is %j ms', (header, expected) => {
    expect(retryAfterMs(header, null, now)).toBe(expected);
  });

  // The three forms of RFC 9110, 5.6.7; the last names no zone and means GMT all the same.
  it.each(['Mon, 05 Jan 2026 09:00:10 GMT', 'Monday, 05-Jan-26 09:00:10 GMT', 'Mon Jan  5 09:00:10 2026'])(
    '%j is the same moment in every time zone',
    (header) => {
      vi.stubEnv('TZ', 'America/New_York');
      onTestFinished(() => {
        vi.unstubAllEnvs();
      });
      expect(retryAfterMs(header, null, now)).toBe(10_000);
    },
  );

  it('is null or a time to come, whatever stands there', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const ms = retryAfterMs(header, null, now);
        return ms === null || (Number.isFinite(ms) && ms >= 0);
      }),
    );
  });
});

describe('hosts', () => {
  it('has the API and the login host of each of the 18 regions', () => {
    expect(REGIONS).toHaveLength(18);
    for (const { id, host } of REGIONS) {
      expect(hostsOf({ kind: 'genesys', id })).toEqual({
        apiBase: `https://api.${host}`,
        loginBase: `https://login.${host}`,
        allowLoopbackHttp: false,
      });
    }
  });

  it('takes a custom https address, with a path for a gateway', () => {
    const custom = {
      kind: 'custom',
      apiBase: 'https://gw.example/gc/',
      loginBase: 'https://gw.example:8443',
    } as const;
    expect(hostsOf(custom)).toEqual({
      apiBase: 'https://gw.example/gc',
      loginBase: 'https://gw.example:8443',
      allowLoopbackHttp: false,
    });
  });

  it.each([
    'http://api.example',
    'http://127.0.0.1:8080',
    'https://user:word@api.example',
    'https://api.example?x=1',
    'https://api.example#x',
    'ftp://api.example',
    'javascript:alert(1)',
    'api.example',
    '',
  ])('refuses %j as a custom address', (apiBase) => {
    expect(() => hostsOf({ kind: 'custom', apiBase, loginBase: 'https://login.example' })).toThrow(
      AppFailure,
    );
  });

  it('allows plain http to this computer only, and only where it is allowed', () => {
    const local = { apiBase: 'http://127.0.0.1:1', loginBase: 'http://localhost:2' };
    expect(hostsOf({ kind: 'genesys', id: 'eu-west-1' }, { override: local })).toEqual({
      ...local,
      allowLoopbackHttp: true,
    });
    const remote = { apiBase: 'http://127.0.0.1.evil.example', loginBase: local.loginBase };
    expect(() => checkedHosts({ ...remote, allowLoopbackHttp: true })).toThrow(AppFailure);
  });

  it('refuses an unknown region, and the demo organisation, which says itself where it is', () => {
    expect(() => hostsOf({ kind: 'genesys', id: 'moon-1' })).toThrow(AppFailure);
    expect(() => hostsOf({ kind: 'demo' })).toThrow(AppFailure);
  });
});

describe('permissions of a list', () => {
  const held = (list: readonly string[]) =>
    Object.entries(permissionsFromList(list))
      .filter(([, state]) => state === 'held')
      .map(([permission]) => permission);

  const all = ['oauth:token:delete', 'directory:organization:admin', 'directory:user:view'];
  it.each<[readonly string[], readonly string[]]>([
    [[], []],
    [['oauth:token:delete'], ['oauth:token:delete']],
    [['oauth:token:*'], ['oauth:token:delete']],
    [['oauth:*:*'], ['oauth:token:delete']],
    [['oauth:*'], ['oauth:token:delete']],
    [['directory:*:view'], ['directory:user:view']],
    [['*'], all],
    [['*:*:*'], all],
    [['oauth:token'], []],
    [['oauth:token:deleteAll'], []],
    [['oauth:token:delete:more'], []],
    [['oauth:client:*', 'directory:user:add', ''], []],
  ])('%j holds %j', (list, expected) => {
    expect(held(list)).toEqual(expected);
  });
});
