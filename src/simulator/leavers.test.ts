import { describe, expect, it } from 'vitest';
import { leaversCsv } from './leavers.ts';
import { createOrg, DEMO_ORG } from './org/org.ts';
import { ADMIN_INDEX } from './org/structure.ts';

const org = createOrg(DEMO_ORG);
const rows = leaversCsv(org)
  .split('\r\n')
  .slice(1, -1)
  .map((line) => line.split(';')[1]?.trim().toLowerCase() ?? '');

describe('examples/leavers.csv', () => {
  // After a change of the generator: npx vitest run src/simulator/leavers.test.ts --update
  it('is what the demo organisation makes', async () => {
    await expect(leaversCsv(org)).toMatchFileSnapshot('../../examples/leavers.csv');
  });

  it('holds everything that goes wrong in such lists', () => {
    const filled = rows.filter(Boolean);
    const distinct = [...new Set(filled)];
    const users = distinct.map((email) => org.byEmail(email));
    expect(rows).toHaveLength(500);
    expect(rows.length - filled.length).toBe(2);
    expect(filled.length - distinct.length).toBe(12);
    expect(users.filter((found) => found.length === 0)).toHaveLength(8);
    expect(users.filter((found) => found.length > 1)).toHaveLength(1);
    expect(users.flat().filter(({ state }) => state === 'deleted')).toHaveLength(1);
    expect(distinct).toContain(org.user(ADMIN_INDEX).email);
  });
});
