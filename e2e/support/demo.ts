import { createOrg, DEMO_ORG } from '../../src/simulator/org/org.ts';

/** Addresses of people of the demo organisation who can be revoked. */
export function demoAddresses(count: number): readonly string[] {
  const org = createOrg(DEMO_ORG);
  return org.ids
    .slice(100)
    .map((_, index) => org.user(index + 100))
    .filter(({ state }) => state === 'active')
    .slice(0, count)
    .map(({ email }) => email);
}

/** Somebody of the demo organisation who can be revoked, and who shares their name with nobody. */
export function demoPerson(): { readonly name: string; readonly email: string } {
  const org = createOrg(DEMO_ORG);
  const all = org.ids.map((_, index) => org.user(index));
  const found = all.find(
    ({ name, state }, index) =>
      index >= 100 && state === 'active' && all.filter((other) => other.name.includes(name)).length === 1,
  );
  if (!found) throw new Error('Everybody of the demo organisation has a namesake');
  return found;
}
