import { createOrg, DEMO_ORG } from '../../src/simulator/org/org.ts';

/** Addresses of people of the demo organisation who can be revoked. */
export function demoAddresses(count: number): readonly string[] {
  const org = createOrg(DEMO_ORG);
  return Array.from({ length: count * 3 }, (_, index) => org.user(index + 100))
    .filter(({ state }) => state === 'active')
    .slice(0, count)
    .map(({ email }) => email);
}
