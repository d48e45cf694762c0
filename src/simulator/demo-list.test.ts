import { expect, it } from 'vitest';
import { demoListCsv } from './demo-list.ts';
import { createOrg, DEMO_ORG } from './org/org.ts';

it('has 25 rows about the demo organisation, with one of each thing that goes wrong', () => {
  const org = createOrg(DEMO_ORG);
  const addresses = demoListCsv(org)
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[1] ?? '');
  const found = addresses.map((address) => org.byEmail(address));
  expect(addresses).toHaveLength(25);
  expect(new Set(addresses).size).toBe(24);
  expect(found.filter((users) => users.length === 0)).toHaveLength(1);
  expect(found.filter((users) => users.length > 1)).toHaveLength(1);
  expect(found.filter(([user]) => user?.state === 'deleted')).toHaveLength(1);
});
