import { BlockList, isIP } from 'node:net';

/** Ends of names that mean this computer or the local network (RFC 6761, 6762, 8375; ICANN's .internal and collision study). */
const LOCAL_SUFFIXES = [
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'lan',
  'home',
  'corp',
  'home.arpa',
];

/** IPv4 ranges that are not globally reachable: https://www.iana.org/assignments/iana-ipv4-special-registry */
const NOT_PUBLIC_4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Global unicast, and what of it is not: https://www.iana.org/assignments/iana-ipv6-special-registry */
const UNICAST_6: readonly [string, number] = ['2000::', 3];
const NOT_PUBLIC_6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const listOf = (ranges: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const [address, prefix] of ranges) list.addSubnet(address, prefix, family);
  return list;
};
const notPublic4 = listOf(NOT_PUBLIC_4, 'ipv4');
const unicast6 = listOf([UNICAST_6], 'ipv6');
const notPublic6 = listOf(NOT_PUBLIC_6, 'ipv6');

/**
 * Whether a host can only be meant on the public internet: no loopback, link-local or private address, in whatever
 * spelling, and no name of the local network. Says nothing about what a name resolves to.
 * @param hostname of a parsed URL, which writes every spelling of an IPv4 address as four decimal numbers
 *   (https://url.spec.whatwg.org/#concept-ipv4-parser) and keeps IPv6 in brackets. IPv6 has to be global unicast: mapped,
 *   translated and compatible forms of IPv4 are not.
 */
export function isPublicHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  switch (isIP(bare)) {
    case 4:
      return !notPublic4.check(bare, 'ipv4');
    case 6:
      return unicast6.check(bare, 'ipv6') && !notPublic6.check(bare, 'ipv6');
    default: {
      const name = hostname.toLowerCase();
      // A name without a dot, or with one at its end, is looked up in the local network first.
      if (!name.includes('.') || name.endsWith('.')) return false;
      return !LOCAL_SUFFIXES.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
    }
  }
}
